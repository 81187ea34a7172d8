// How many run Kubernetes, by survey: one row for each row of adoption.csv, kept in families that may not be joined.

/** 1: project grid; 2: direct question; 3: container users only; none: not to be compared with any */
export type Family = 1 | 2 | 3

export interface SurveyRow {
  /** as in adoption.csv */
  survey: string
  /** the fact it comes from */
  fact: string
  family?: Family
  /** percent of `base` that run Kubernetes in production */
  production?: number
  /** percent of `base` that test or evaluate it */
  evaluating?: number
  /** people who answered */
  base?: number
  /** people: those in production, and all who took part, whether they answered this question or not (`sample_n` in adoption.csv) */
  all?: { readonly production: number, readonly tookPart: number }
  /** people who were asked, where the percentage is of a part of them that is not told */
  sample?: number
  /** short name under its bar, in two lines */
  label: readonly [string, string]
  /** why no line leads to it from the row of its family before it */
  apart?: string
  /** why it is not on the chart */
  leftOff?: string
  /** the base is not known for certain */
  uncertain?: true
}

/** What was asked in each family, and of whom; on its bars, in lines. */
export const families: Readonly<Record<Family, { name: string, asked: string, short: string }>> = {
  1: { name: 'list of projects', asked: 'a row for each project', short: 'list' },
  2: { name: 'direct question', asked: 'are you using Kubernetes?', short: 'direct' },
  3: { name: 'container users', asked: 'others not counted', short: 'container\nusers' },
}

/** Why two years have no bar (facts D8, D9). */
export const missing = '2023: of whom is unclear; 2024: no source found'

/** In 2020 a direct question stood beside the list; it is told and not drawn, for "using" is not "in production" (fact D4). */
export const askedToo = { fact: 'D4', survey: '2020', using: 91 } as const

/** In order of time. */
export const adoption: readonly SurveyRow[] = [
  { survey: '2016-03', fact: 'D1', label: ['2016', ''], leftOff: 'second-hand; two published figures for the same survey contradict each other' },
  { survey: '2018', fact: 'D2', family: 1, production: 57.9, evaluating: 42.1, base: 1453, all: { production: 842, tookPart: 2400 }, label: ['2018', ''] },
  { survey: '2019', fact: 'D3', family: 1, production: 78.2, evaluating: 21.5, base: 1303, all: { production: 1019, tookPart: 1337 }, label: ['2019', ''], apart: 'first had no “not\u00A0using”' },
  { survey: '2020', fact: 'D4', family: 1, production: 83.3, evaluating: 13.2, base: 1065, all: { production: 887, tookPart: 1324 }, label: ['2020', ''], apart: 'more left it\u00A0empty' },
  { survey: '2021 part 1', fact: 'D5', family: 2, production: 59.8, evaluating: 36.6, base: 2165, all: { production: 1294, tookPart: 2302 }, label: ['2021', 'spring'] },
  { survey: '2021 part 2', fact: 'D6', family: 1, production: 79.5, evaluating: 15.1, base: 1334, all: { production: 1061, tookPart: 1527 }, label: ['2021', 'autumn'], apart: 'other people' },
  { survey: '2022 all', fact: 'D7', family: 2, production: 56.7, evaluating: 22.8, base: 1932, all: { production: 1095, tookPart: 2286 }, label: ['2022', 'all'], apart: 'new wording, other people' },
  { survey: '2022 end users', fact: 'D7', family: 2, production: 64.3, evaluating: 24.8, base: 958, all: { production: 616, tookPart: 1085 }, label: ['2022', 'end users'], apart: 'only end users' },
  { survey: '2023', fact: 'D8', production: 66, evaluating: 18, label: ['2023', ''], leftOff: 'second-hand; the base of the percentage is uncertain', uncertain: true },
  { survey: '2024', fact: 'D11', label: ['2024', ''], leftOff: 'the published figure was not found again in a source of the survey' },
  { survey: '2025', fact: 'D10', family: 3, production: 82, sample: 628, label: ['2025', ''] },
]

export type ChartedRow = SurveyRow & { family: Family, production: number }

/** The rows that can be drawn, in order of time. */
export const charted: readonly ChartedRow[] = adoption.filter((row): row is ChartedRow => row.family !== undefined && row.production !== undefined)

/** A survey by whose people its percentage can be held against all who took part. */
export type WholeRow = ChartedRow & { base: number, all: NonNullable<SurveyRow['all']> }

/** @param survey one of `adoption` @throws RangeError where not everybody who took part is counted */
function wholeRow(survey: string): WholeRow {
  const row = charted.find((r): r is WholeRow => r.survey === survey && r.all !== undefined && r.base !== undefined)
  if (!row)
    throw new RangeError(`of ${survey} it is not known how many took part`)
  return row
}

/** Of whom a list is a percentage: who leaves the row of Kubernetes empty is not counted. */
export const counted = wholeRow('2018')

/** The two lists after it: the first had a box for "not using", and in the second more left the row empty. */
export const countedNext = wholeRow('2019')
export const countedAfter = wholeRow('2020')

/** Both surveys of 2021. */
export const twins = [wholeRow('2021 part 1'), wholeRow('2021 part 2')] as const
