// Stories of success, read card by card, and one that failed: virtual time is the reading, filters leave cards out.
// Figures, years and cautions are data/cases.ts's, each with its fact (E1 to E27, I6; what the stories speak of: A22).
import type { Case, Field, Figure, Gain } from '../data/cases.ts'
import type { Json, Moment, Story } from './story.ts'
import { cases, fields, gains, themes, TOLD } from '../data/cases.ts'
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
  /** the card that is read; undefined before the first, and where the filter leaves it out */
  readonly open?: ShownCard
  /** the card whose turn it is, and that the filter leaves out */
  readonly out?: Card
}

/** What is spoken of: the open card's gain, else what is asked for; undefined while nothing is. */
export const spokenOf = ({ open, filter }: Pick<CasesView, 'open' | 'filter'>): Figure['gain'] | undefined => open?.figure.gain ?? (filter.gain === 'any' ? undefined : filter.gain)

/** virtual ms for a card */
const CARD = 5000
/** before the first card is opened the stories are counted */
export const cards: readonly Card[] = cases.map((c, no) => ({ ...c, no, at: (no + 1) * CARD }))

/** The moments after the first, each at a card; the figures stand on it. */
const stops: readonly { id: Gain | 'failure', company: string }[] = [
  { id: 'releases', company: 'adidas' },
  { id: 'cost', company: 'VSCO' },
  { id: 'efficiency', company: 'Nordstrom' },
  { id: 'scale', company: 'Pokémon GO' },
  { id: 'failure', company: 'Reddit' },
]

export const toldBy: Readonly<Record<Case['by'], string>> = { official: 'told by themselves', vendor: 'told by the vendor', engineers: 'told by its engineers' }

/** Who tells it, and when: a span is that of the telling, never of the change. */
export const whenTold = ({ year, by }: Pick<Case, 'year' | 'by'>): string => year === TOLD ? `told between ${year.replace('–', ' and ')}` : `${year}, ${toldBy[by]}`

/** What was gained, in one line. */
export function inWords({ what, before, after }: Figure): string {
  return `${what}: ${before ? `${before}, then ${after}` : after}`
}

/** Whether a company tells of a gain, with whichever of its figures. */
export const tellsOf = ({ figures }: Case, gain: Figure['gain']): boolean => figures.some(f => f.gain === gain)

/** What a company tells of, in the one order of the gains: whatever it is known for, and whatever is asked for. */
export const toldGains = (c: Case): Figure['gain'][] => [...gains, 'failure' as const].filter(gain => tellsOf(c, gain))

/** What was gained, or went wrong, in a word. */
export const gainWord = (gain: Figure['gain']): string => gain === 'failure' ? 'outage' : gain

/** What must be said with a figure: what it leaves out, or why it came to that. */
export const cautionWord = ({ by }: Pick<Case, 'by'>): string => by === 'engineers' ? 'Why' : 'But'

/** What no official story is about (fact E27: of moves that failed, which an outage is not). */
export const noFailedMove = `${themes.of} impact parts tell of no failed move`

/** How many of all official stories speak of a gain. */
export const themeWords = (gain: Gain): string => `About ${themes.counts.find(c => c.gain === gain)!.count} of ${themes.of} official stories tell of ${gain}`

const fitsIn = ({ gain, field }: Filter) => (c: Case) => (gain === 'any' || tellsOf(c, gain)) && (field === 'any' || c.field === field)
const named = ({ gain, field }: Filter) => [gain, field].filter(w => w !== 'any').join(' and ')

/** How many fit the filter, and who they are where they are few or all are asked for: "3 of 18 here, field finance: …". */
export function countWords({ filter: { gain, field }, cards, fits }: Pick<CasesView, 'filter' | 'cards' | 'fits'>, names = fits <= 5): string {
  const of = `${gain === 'any' ? '' : ` ${fits === 1 ? 'is' : 'are'} quoted on ${gain}`}${field === 'any' ? '' : `, field ${field}`}`
  return `${fits} of ${cards.length} here${of}${names ? `: ${cards.filter(c => c.fits).map(c => c.company).join(', ')}` : ''}`
}

function tell(filter: Filter): Story<CasesView> {
  const all: ShownCard[] = cards.map((c) => {
    const shown = c.figures.find(f => f.gain === filter.gain) ?? c.figures[0]
    return { ...c, figure: shown, caution: shown.caution ?? c.caution }
  })
  const fits = all.filter(fitsIn(filter))
  const duration = cards.at(-1)!.at

  function at(time: number): CasesView {
    const t = clampTime({ duration }, time)
    const turn = all.findLast(c => c.at <= t)
    const open = turn && fits.includes(turn) ? turn : undefined
    return { t, filter, cards: all.map(c => ({ ...c, fits: fits.includes(c), open: c === open })), fits: fits.length, open, out: open ? undefined : turn }
  }

  const [most, , , , least] = themes.counts
  const moments: Moment[] = [
    { id: 'all', at: 0, sentence: named(filter) ? `${countWords(at(0))}.` : `Of ${themes.of} official stories about ${most.count} tell of faster ${most.gain}; only about ${least.count} of ${least.gain}.` },
    ...stops.map(({ id, company }) => {
      const card = all.find(c => c.company === company)!
      return fits.includes(card) ? { id, at: card.at, sentence: `C${formatCard(card.at).slice(1)}. ${tellCases(at(card.at))}` } : { id, at: card.at, sentence: `Left out by the filter: ${company}.`, out: true }
    }),
  ]
  const events = [
    { at: 0, by: 'the ship', text: `${cards.filter(c => c.by === 'official').length} stories aboard, as told on kubernetes.io`, major: true },
    ...fits.map(c => ({ at: c.at, by: c.company, text: `${inWords(c.figure)} (${c.year === TOLD ? whenTold(c) : c.year}). ${c.caution}`, major: true })),
  ]

  return {
    duration,
    // what is left out is passed over quickly
    pace: t => at(t).out ? 25 : 1,
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
function idOf<T extends string>(list: readonly T[], to: Json | undefined): T | 'any' {
  const found = list.find(id => id === to)
  if (!found && to !== 'any')
    throw new RangeError(`"${String(to)}" is none of any, ${list.join(', ')}`)
  return found ?? 'any'
}

/** Whether anything would be left. */
export const leavesAny = (filter: Filter): boolean => cards.some(fitsIn(filter))

/** Why a gain and a field cannot be asked for at once. */
export const noneWords = (filter: Filter): string => `no story here is about ${named(filter)}`

/**
 * The stories that companies tell. Its interventions, at the start: `{ op: 'gain', to }` and `{ op: 'field', to }`, an id or "any".
 * @throws RangeError where nothing would be left
 */
export function casesStory(filter: Filter = { gain: 'any', field: 'any' }): Story<CasesView> {
  if (!leavesAny(filter))
    throw new RangeError(`${noneWords(filter)}: the filter stays`)
  return tell(filter)
}

/** "card 3 of 18". @param t virtual ms */
export function formatCard(t: number): string {
  const no = Math.floor(t / CARD)
  return no ? `card ${no} of ${cards.length}` : 'all cards'
}

/** A card in words that can be heard: a range has its "to", a sentence its capital. */
const aloud = (words: string) => words.replaceAll(/(\d)–(\d)/g, '$1 to $2').replace(/^[a-z]/, c => c.toUpperCase())

/** What is to be seen, in words: a card is told as wholly where the script comes to it as where it is tapped. */
export function tellCases(view: CasesView): string {
  const { open, out } = view
  if (!open)
    return out ? `${out.company} is left out by the filter.` : tellFilter(view)
  const card = `${open.company}, ${open.does}. ${aloud(inWords(open.figure))}. ${aloud(whenTold(open))}. ${cautionWord(open)}: ${open.caution}`
  const { gain } = open.figure
  const counted = gain === 'failure' ? ` ${aloud(noFailedMove)}.` : named(view.filter) ? '' : ` ${view.cards.filter(c => tellsOf(c, gain)).length} of ${view.cards.length} here are quoted on ${gain}. ${themeWords(gain)}.`
  return card + counted
}

/** What the filter leaves, and who that is; all are not named. Then what stands beside them. @param was the card that was read when it was set */
export function tellFilter(view: CasesView, was?: Card): string {
  const { open, filter } = view
  const beside = open ? `The card ${was?.no === open.no ? 'still' : 'now'} shows ${open.company}: ${inWords(open.figure)}.` : was && `${was.company} is left out by the filter: its card is closed, and what all ${themes.of} official stories speak of stands there.`
  return [`${countWords(view, named(filter) !== '')}.`, beside].filter(Boolean).join(' ')
}
