// Companies and what each says it gained, one that failed among them; what the stories speak of; what survey takers find hard.

/** What is said to have been gained. A failure is none of these. */
export const gains = ['releases', 'cost', 'efficiency', 'uptime', 'scale'] as const

export const fields = ['commerce', 'media', 'finance', 'public', 'tech'] as const

export type Gain = typeof gains[number]
export type Field = typeof fields[number]

/** One thing that was measured. */
export interface Figure {
  gain: Gain | 'failure'
  what: string
  before?: string
  after: string
  /** where the card's own caution is about another figure */
  caution?: string
}

export interface Case {
  /** ids of the facts it comes from */
  fact: string
  company: string
  /** on its box, where the name is too long */
  short?: string
  field: Field
  /** what it does, in its own words */
  does: string
  /** what it says it gained; the first is the one it is known for */
  figures: readonly [Figure, ...Figure[]]
  /** as exact as the fact has it */
  year: string
  /** who tells it */
  by: 'official' | 'vendor' | 'engineers'
  /** what must be said with it */
  caution: string
}

/** when the official stories were told, where they name no year: not how long a change took */
export const TOLD = '2016–2020'

/** In the order in which they are stacked: those that tell of releases lie below. */
export const cases: readonly Case[] = [
  { fact: 'E1', company: 'adidas', field: 'commerce', does: 'fashion', figures: [{ gain: 'releases', what: 'a release', before: 'every 4–6 weeks', after: '3–4 a day' }], year: TOLD, by: 'official', caution: 'Continuous delivery came with it, too.' },
  { fact: 'E4', company: 'Booking.com', short: 'Booking', field: 'commerce', does: 'travel', figures: [{ gain: 'releases', what: 'new service', before: 'days or weeks', after: '10 minutes' }], year: TOLD, by: 'official', caution: 'At best; developers learned some Kubernetes.' },
  { fact: 'E11', company: 'The New York Times', short: 'NY Times', field: 'media', does: 'news', figures: [{ gain: 'releases', what: 'deployment', before: 'up to 45 minutes', after: 'a couple at most' }], year: 'from early 2017', by: 'official', caution: 'It began with one app and 1% of its traffic.' },
  { fact: 'E20', company: 'City of Montréal', short: 'Montréal', field: 'public', does: 'government', figures: [{ gain: 'releases', what: 'deployment', before: 'months', after: 'hours' }, { gain: 'efficiency', what: 'application components', after: '200 on 8 machines' }], year: TOLD, by: 'official', caution: 'Containers came first, then Kubernetes.' },
  { fact: 'E18', company: 'VSCO', field: 'media', does: 'photo app', figures: [{ gain: 'cost', what: 'bill for machines', after: 'down about 70%' }, { gain: 'efficiency', what: 'use of its machines', after: '2–20 times better' }, { gain: 'releases', what: 'from finished code to users', before: '1–2 weeks', after: '2–4 hours' }], year: TOLD, by: 'official', caution: 'Before, each service had machines of its own.' },
  { fact: 'E19', company: 'ThredUp', field: 'commerce', does: 'e-commerce', figures: [{ gain: 'cost', what: 'cost of hardware', after: 'down 56%' }, { gain: 'releases', what: 'time of a deployment', after: 'about 50% shorter' }], year: 'from early 2017', by: 'official', caution: 'Before, servers were made by hand.' },
  { fact: 'E14', company: 'Capital One', field: 'finance', does: 'banking', figures: [{ gain: 'cost', what: 'AWS bill without it', after: 'three to four times higher' }, { gain: 'releases', what: 'new application', before: 'a quarter', after: 'a fortnight', caution: 'Of a basic application.' }], year: TOLD, by: 'official', caution: 'Their own estimate, of a bill that never came.' },
  { fact: 'E17', company: 'Nav', field: 'finance', does: 'finance', figures: [{ gain: 'efficiency', what: 'use of its servers', before: '1%', after: '40%' }, { gain: 'releases', what: 'new service', before: 'two people, two weeks', after: 'one, under 10 minutes' }, { gain: 'cost', what: 'cost of machines', after: '50% lower' }], year: TOLD, by: 'official', caution: 'Six months to build it, six more to move in.' },
  { fact: 'E2', company: 'Spotify', field: 'media', does: 'music', figures: [{ gain: 'efficiency', what: 'use of processors', after: 'two to three times better' }, { gain: 'releases', what: 'new service', before: 'an hour', after: 'seconds or minutes' }], year: 'from late 2018', by: 'official', caution: 'Told when a small part of it had moved.' },
  { fact: 'E23', company: 'Northwestern Mutual', short: 'NW Mutual', field: 'finance', does: 'insurance', figures: [{ gain: 'uptime', what: 'planned outage', before: 'six hours on Sundays', after: 'none' }, { gain: 'releases', what: 'deployments', before: 'about 24 a year', after: 'over 500 in ten months' }], year: TOLD, by: 'official', caution: 'It moved to AWS as well.' },
  { fact: 'E15', company: 'Nordstrom', field: 'commerce', does: 'retail', figures: [{ gain: 'efficiency', what: 'use of processors', after: '5–12 times better' }], year: TOLD, by: 'official', caution: 'Its faster releases came earlier, from CI/CD.' },
  { fact: 'E3', company: 'Pinterest', field: 'media', does: 'web and mobile', figures: [{ gain: 'efficiency', what: 'machine hours', after: '30% fewer' }], year: 'from 2017', by: 'official', caution: 'Of its Jenkins cluster, not of all Pinterest.' },
  { fact: 'E5', company: 'CERN', field: 'public', does: 'particle physics', figures: [{ gain: 'scale', what: 'adding a node', before: 'over an hour', after: 'under 2 minutes' }], year: TOLD, by: 'official', caution: 'Its load is extreme: peaks before conferences.' },
  { fact: 'E12', company: 'OpenAI', field: 'tech', does: 'AI research', figures: [{ gain: 'scale', what: 'scaling up', before: 'a couple of months', after: 'a week or two' }], year: 'from 2016', by: 'official', caution: 'To hundreds of GPUs; told of one experiment.' },
  { fact: 'E7', company: 'Babylon', field: 'tech', does: 'healthcare AI', figures: [{ gain: 'scale', what: 'computing power', before: 'hours or days', after: 'at once' }], year: TOLD, by: 'official', caution: 'The company itself collapsed in August 2023.' },
  { fact: 'E6', company: 'Bose', field: 'tech', does: 'electronics', figures: [{ gain: 'scale', what: 'connected products', after: 'over 3 million' }, { gain: 'releases', what: 'deployments to production', after: 'over 1,250 in 2018', caution: 'No number from before to compare it with.' }], year: 'from 2017', by: 'official', caution: 'Its size from the start; no figure for a gain.' },
  { fact: 'E26', company: 'Pokémon GO', field: 'media', does: 'game', figures: [{ gain: 'scale', what: 'load it met, against plan', after: '50 times' }], year: '2016', by: 'vendor', caution: 'In database calls; no figure for a gain.' },
  { fact: 'I6 E27', company: 'Reddit', field: 'media', does: 'web site', figures: [{ gain: 'failure', what: 'down, after an upgrade from 1.23 to 1.24', after: '314 minutes' }], year: '14 March 2023', by: 'engineers', caution: 'A node label its network relied on was gone.' },
]

/** What the part on impact of the official stories speaks of, in how many of them (fact A22); they overlap. */
export const themes = {
  fact: 'A22',
  of: 54,
  /** the snapshot that was counted */
  counted: '2021',
  counts: [
    { gain: 'releases', count: 45 },
    { gain: 'cost', count: 26 },
    { gain: 'efficiency', count: 18 },
    { gain: 'uptime', count: 16 },
    { gain: 'scale', count: 12 },
  ],
} as const

/** What survey takers named most as their challenge with containers, percent of those asked; each year asked in its own way. */
export const challenges = {
  fact: 'A25',
  rows: [
    { year: '2018', named: 'culture', percent: 41 },
    { year: '2018', named: 'complexity', percent: 40 },
    { year: '2019', named: 'culture', percent: 43 },
    { year: '2020', named: 'culture', percent: 41 },
    { year: '2020', named: 'complexity', percent: 41 },
    { year: '2021', named: 'lack of training', percent: 34 },
    { year: '2022', named: 'complexity', percent: 38 },
    { year: '2022', named: 'security', percent: 37 },
    { year: '2025', named: 'culture', percent: 47, secondHand: true },
  ] as readonly { year: string, named: string, percent: number, secondHand?: true }[],
} as const
