// Cases of label selectors.
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import { fromLabelSelector, selectorMatches, selectorText } from '../../../cluster/api/labels.ts'
import type { Requirement } from '../../../cluster/api/labels.ts'
import { parseSelector, requirement, requirementErrors, words } from '../../../cluster/api/selectors.ts'
import { equal, only, refuses, table } from '../run.ts'

interface Given { key: string, op: Requirement['op'], values: string[] | null }
const of = (given: readonly Given[]) => given.map(each => ({ ...only(each, 'key op values'), values: [...new Set(each.values ?? [])].sort() }))
const SIGNS = ['=', '==', '!=', '!', '(', ')', ',', '<', '>', 'in', 'notin']

export const tables = {
  parseGood: table<{ s: string }>('s', ({ s }) => equal(selectorText(parseSelector(s)), s.replaceAll(' ', ''))),
  parseBad: table<{ s: string }>('s', ({ s }) => refuses(() => parseSelector(s), s)),
  matches: table<{ selector: string, labels: Record<string, string>, match: boolean }>('selector labels match', ({ selector, labels, match }) => equal(selectorMatches(parseSelector(selector), labels), match)),
  lexer: table<{ s: string, tokens: string[] }>('s tokens', ({ s, tokens }) => equal(words(s).slice(0, -1).map(word => SIGNS.includes(word) ? word : 'identifier'), tokens)),
  parseSet: table<{ s: string, valid: boolean, requirements?: Given[] }>('s valid requirements', ({ s, valid, requirements }) => {
    if (!valid)
      return refuses(() => parseSelector(s), s)
    const parsed = parseSelector(s)
    if (requirements)
      equal(parsed, of(requirements))
  }),
  requirement: table<Given & { errors: { type: string, field: string }[] }>('key op values errors', ({ errors, ...given }) => equal(requirementErrors(of([given])[0]!).map(({ type, field }) => ({ type, field })), errors.map(error => only(error, 'type field')))),
  toString: table<{ requirements: Given[], out: string }>('requirements out', ({ requirements, out }) => equal(selectorText(of(requirements)), out)),
  matchRequirements: table<{ labels: Record<string, string>, requirements: Given[], match: boolean }>('labels requirements match', ({ labels, requirements, match }) => equal(selectorMatches(of(requirements), labels), match)),
  labelSelector: table<{ in: LabelSelector | null, out: string, err: boolean }>('in out err', ({ in: given, out, err }) => {
    if (err)
      return refuses(() => fromLabelSelector(given, requirement))
    const selector = fromLabelSelector(given, requirement)
    equal(selector ? selectorText(selector) : '<nothing>', out)
  }),
}
