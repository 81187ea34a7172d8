// Twelve companies and what each says it gained. All self-reported; none of them is a failure (facts E27, A22).

export interface Case {
  fact: string
  company: string
  /** what it does */
  field: string
  /** what was measured */
  what: string
  before?: string
  after: string
  /** what must be said with it */
  caution?: string
}

/** Six that tell of speed: the most common story. */
export const faster: readonly Case[] = [
  { fact: 'E1', company: 'adidas', field: 'fashion', what: 'releases', before: 'every 4–6 weeks', after: '3–4 a day' },
  { fact: 'E4', company: 'Booking.com', field: 'travel', what: 'new service', before: 'days or weeks', after: '10 minutes at best' },
  { fact: 'E5', company: 'CERN', field: 'physics', what: 'storage cluster', before: 'over 3 hours', after: 'under 15 minutes' },
  { fact: 'E11', company: 'New York Times', field: 'news', what: 'deployment', before: 'up to 45 minutes', after: 'seconds to minutes' },
  { fact: 'E20', company: 'City of Montréal', field: 'government', what: 'deployment', before: 'months', after: 'hours' },
  { fact: 'E22', company: 'Squarespace', field: 'web sites', what: 'deployment', before: 'half an hour', after: 'five minutes' },
]

/** Six that need a word of caution each. */
export const careful: readonly Case[] = [
  { fact: 'E17', company: 'Nav', field: 'finance', what: 'use of its servers', before: '1%', after: '40%', caution: 'Six months to build it, six more to move in.' },
  { fact: 'E18', company: 'VSCO', field: 'photo app', what: 'bill for machines', after: 'down about 70%', caution: 'Before, each service had its own machines.' },
  { fact: 'E15', company: 'Nordstrom', field: 'retail', what: 'use of processors', after: '5–12 times better', caution: 'Its faster releases came earlier, from CI/CD.' },
  { fact: 'E3', company: 'Pinterest', field: 'web and mobile', what: 'machine hours', after: '30% fewer', caution: 'Of its Jenkins cluster, not of all Pinterest.' },
  { fact: 'E2', company: 'Spotify', field: 'music', what: 'use of processors', after: 'two- to threefold', caution: 'Told when a small part of it had moved.' },
  { fact: 'E26', company: 'Pokémon GO', field: 'game', what: 'load against plan', after: '50 times', caution: 'Told by its vendor: database calls, not Pods.' },
]

export const cases: readonly Case[] = [...faster, ...careful]

/** What the official stories speak of, in how many of them (fact A22); they overlap. */
export const themes = {
  fact: 'A22',
  of: 54,
  counts: [
    { name: 'faster releases', count: 45 },
    { name: 'cost', count: 26 },
    { name: 'use of resources', count: 18 },
    { name: 'availability', count: 16 },
    { name: 'scaling', count: 12 },
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
