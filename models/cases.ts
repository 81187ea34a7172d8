// Stories of success, read card by card, and one that failed: virtual time is the reading, filters leave cards out.
// Figures, years and cautions are data/cases.ts's, each with its fact (E1 to E27, I6; what the stories speak of: A22).
import type { Case, Field, Figure, Gain } from '../data/cases.ts'
import type { Json, Moment, Story } from './story.ts'
import { cases, fields, gains, themes } from '../data/cases.ts'
import { clampTime } from './story.ts'

export interface Filter { readonly gain: Gain | 'any', readonly field: Field | 'any' }

export interface Card extends Case {
  /** its place among the cards, from 0 */
  readonly no: number
  /** virtual ms at which it is opened */
  readonly at: number
}

/** A card as the filter shows it: of its figures the one that is asked for. */
export interface ShownCard extends Card { readonly figure: Figure }

export interface CasesView {
  /** virtual ms */
  readonly t: number
  readonly filter: Filter
  readonly cards: readonly (ShownCard & { readonly fits: boolean, readonly open: boolean })[]
  /** how many fit the filter */
  readonly fits: number
  /** the card that is read; undefined before the first */
  readonly open?: ShownCard
}

/** virtual ms for a card */
const CARD = 5000
/** before the first card is opened the stories are counted */
export const cards: readonly Card[] = cases.map((c, no) => ({ ...c, no, at: (no + 1) * CARD }))

/** The moments after the first, each at a card; the figures stand on it. */
const stops: readonly { id: string, company: string, sentence: string }[] = [
  { id: 'speed', company: 'adidas', sentence: 'Most tell of speed: a release every few weeks has become several a day.' },
  { id: 'cost', company: 'VSCO', sentence: 'About half tell of cost. Ask what was there before: machines for each service.' },
  { id: 'machines', company: 'Nordstrom', sentence: 'Machines better used. But its faster releases, often quoted, came before Kubernetes.' },
  { id: 'scale', company: 'Pokémon GO', sentence: 'Few tell of scaling. This one is told by the vendor, and measured in database calls.' },
  { id: 'failure', company: 'Reddit', sentence: 'And one that failed, told elsewhere: no Impact part of 54 official stories reports one.' },
]

/** What was gained, in one line. */
export function inWords({ what, before, after }: Figure): string {
  return `${what}: ${before ? `${before}, then ${after}` : after}`
}

const fitsIn = ({ gain, field }: Filter) => (c: Case) => (gain === 'any' || c.figures.some(f => f.gain === gain)) && (field === 'any' || c.field === field)
const named = ({ gain, field }: Filter) => [gain, field].filter(w => w !== 'any').join(' and ')

function tell(filter: Filter): Story<CasesView> {
  const all: ShownCard[] = cards.map((c) => {
    const shown = c.figures.find(f => f.gain === filter.gain) ?? c.figures[0]
    return { ...c, figure: shown, caution: shown.caution ?? c.caution }
  })
  const fits = all.filter(fitsIn(filter))
  const duration = cards.at(-1)!.at

  function at(time: number): CasesView {
    const t = clampTime({ duration }, time)
    const open = fits.findLast(c => c.at <= t)
    return { t, filter, cards: all.map(c => ({ ...c, fits: fits.includes(c), open: c === open })), fits: fits.length, open }
  }

  const [most, , , , least] = themes.counts
  const moments: Moment[] = [
    { id: 'all', at: 0, sentence: `Of ${themes.of} official stories about ${most.count} tell of ${most.name}, and only about ${least.count} of ${least.name}.` },
    ...stops.map(({ id, company, sentence }) => {
      const card = all.find(c => c.company === company)!
      return { id, at: card.at, sentence: fits.includes(card) ? sentence : `Left out by the filter: ${company}.` }
    }),
  ]
  const events = [
    { at: 0, by: 'the ship', text: `${cards.filter(c => c.by === 'official').length} stories aboard, as told on kubernetes.io`, major: true },
    ...fits.map(c => ({ at: c.at, by: c.company, text: `${inWords(c.figure)} (${c.year}). ${c.caution}`, major: true })),
  ]

  return {
    duration,
    moments,
    at,
    events: (from, to) => events.filter(e => e.at > from && e.at <= to),
    fork(t, op) {
      if (op.op !== 'gain' && op.op !== 'field')
        throw new RangeError(`the stories know no "${op.op}"; they know gain and field`)
      if (t > 0)
        throw new RangeError('what is left out is chosen for all cards: at the start')
      return casesStory(op.op === 'gain' ? { ...filter, gain: idOf(gains, op.to) } : { ...filter, field: idOf(fields, op.to) })
    },
  }
}

/** An id of a list, or "any". @throws RangeError where it is neither */
function idOf<T extends string>(list: readonly { id: T }[], to: Json | undefined): T | 'any' {
  const found = list.find(x => x.id === to)?.id
  if (!found && to !== 'any')
    throw new RangeError(`"${String(to)}" is none of any, ${list.map(x => x.id).join(', ')}`)
  return found ?? 'any'
}

/**
 * The stories that companies tell. Its interventions, at the start: `{ op: 'gain', to }` and `{ op: 'field', to }`, an id or "any".
 * @throws RangeError where nothing would be left
 */
export function casesStory(filter: Filter = { gain: 'any', field: 'any' }): Story<CasesView> {
  if (!cards.some(fitsIn(filter)))
    throw new RangeError(`none of these stories is about ${named(filter)}`)
  return tell(filter)
}

/** "card 3 of 18". @param t virtual ms */
export function formatCard(t: number): string {
  const no = Math.floor(t / CARD)
  return no ? `card ${no} of ${cards.length}` : 'all cards'
}

/** What is to be seen, in words. */
export function tellCases(view: CasesView): string {
  const { open, fits, filter } = view
  const left = named(filter)
  const shown = `${fits} of ${cards.length} stories${left ? ` are about ${left}` : ''}: ${view.cards.filter(c => c.fits).map(c => c.company).join(', ')}.`
  return open ? `${open.company}, ${open.does}. ${inWords(open.figure)}, ${open.year}. But: ${open.caution} ${left ? shown : ''}`.trim() : shown
}
