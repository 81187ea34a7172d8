// Reads from an installed kubectl's own help which flags it has, for the verbs that are here: `node scripts/kubectlflags.ts` writes cluster/kubectl/kubectlflags.json.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Command } from '../cluster/kubectl/command.ts'
import { COMMANDS } from '../cluster/kubectl/verbs/index.ts'
import { absentCommands } from '../cluster/kubectl/verbs/info.ts'
import { at } from './lib/paths.ts'

const kubectl = (...words: string[]) => execFileSync('kubectl', words, { encoding: 'utf8' })
/** `-f, --filename=[]:` as ['filename', 'f', '[]'] */
const flagsOf = (help: string) => [...help.matchAll(/^ {4}(?:-(\w), )?--([\w-]+)=(.*):$/gm)].map(([, letter = '', name = '', initial = '']) => [name, letter, initial.replace(/\/.*\/\.kube/, '~/.kube').replaceAll('\'', '')])
const paths = (command: Command, before: readonly string[] = []): string[][] => [[...before, command.name], ...(command.subs ?? []).flatMap(sub => paths(sub, [...before, command.name]))]

const verbs = Object.fromEntries(COMMANDS.filter(command => !Object.hasOwn(absentCommands, command.name)).flatMap(command => paths(command)).map(path => [path.join(' '), flagsOf(kubectl(...path, '--help'))]))
const { clientVersion: { gitVersion } } = JSON.parse(kubectl('version', '--client', '-o', 'json')) as { clientVersion: { gitVersion: string } }
const all = { source: `kubectl ${gitVersion}: "kubectl VERB --help" and "kubectl options", each flag as [name, letter, default]`, global: flagsOf(kubectl('options')), verbs }
writeFileSync(at('cluster/kubectl/kubectlflags.json'), `${JSON.stringify(all, null, 1).replace(/\[\s+"([^"]*)",\s+"([^"]*)",\s+"((?:[^"\\]|\\.)*)"\s+\]/g, '["$1", "$2", "$3"]')}\n`)
