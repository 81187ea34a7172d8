// The sentence the lecture starts and ends with (fact A1), cut into its phrases.

export interface Phrase {
  text: string
  /** nobody understands this one at the start */
  marked?: true
  /** where the lecture showed it */
  alias?: string
  /** what it turned out to mean, at most 12 words */
  means?: string
}

/** The phrases in order; joined they are the quoted definition. */
export const definition: readonly Phrase[] = [
  { text: 'open-source system', marked: true, alias: 'governance', means: 'open code in a neutral harbour' },
  { text: ' for ' },
  { text: 'automating', marked: true, alias: 'loop', means: 'loops that compare and act, for ever' },
  { text: ' ' },
  { text: 'deployment', marked: true, alias: 'rolling-update', means: 'a new version in, a few Pods at a time' },
  { text: ', ' },
  { text: 'scaling', marked: true, alias: 'scaling', means: 'more or fewer Pods, not machines' },
  { text: ', and ' },
  { text: 'management', marked: true, alias: 'healing', means: 'placing, finding and healing' },
  { text: ' of ' },
  { text: 'containerized applications', marked: true, alias: 'container', means: 'processes in boxes, started from images' },
]
