// The main events on the way to Kubernetes and since, each from a checked fact.

export const lanes = [
  { id: 'containers', name: 'Containers' },
  { id: 'google', name: 'Google' },
  { id: 'kubernetes', name: 'Kubernetes' },
  { id: 'clouds', name: 'Clouds' },
] as const

export interface TimelineEvent {
  fact: string
  lane: typeof lanes[number]['id']
  /** the date as a decimal year, for its place on the axis */
  at: number
  /** the year as written */
  year: string
  text: string
  /** label above or below its lane's line */
  side: 'above' | 'below'
  /** the label ends at its dot, where it has no room to start there */
  anchor?: 'end'
}

export const timeline: readonly TimelineEvent[] = [
  { fact: 'C1', lane: 'containers', at: 1979, year: '1979', text: 'chroot', side: 'above' },
  { fact: 'C4', lane: 'containers', at: 2008.1, year: '2008', text: 'cgroups', side: 'above' },
  { fact: 'C6', lane: 'containers', at: 2013.2, year: '2013', text: 'Docker is shown', side: 'below' },
  { fact: 'C3', lane: 'google', at: 2003.5, year: 'about 2003', text: 'Borg', side: 'above' },
  { fact: 'C9', lane: 'kubernetes', at: 2014.44, year: '2014', text: 'made public', side: 'above' },
  { fact: 'C12', lane: 'kubernetes', at: 2015.55, year: '2015', text: 'v1.0, and the CNCF', side: 'below', anchor: 'end' },
  { fact: 'C13', lane: 'clouds', at: 2015.65, year: '2015', text: 'Google GKE', side: 'above' },
  { fact: 'C18', lane: 'clouds', at: 2018.43, year: '2018', text: 'Amazon EKS', side: 'below', anchor: 'end' },
]
