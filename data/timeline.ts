// The main events on the way to Kubernetes and since, each from a checked fact, in order of time.

export const lanes = [
  { id: 'containers', name: 'Containers' },
  { id: 'google', name: 'Google' },
  { id: 'kubernetes', name: 'Kubernetes' },
  { id: 'cncf', name: 'CNCF' },
  { id: 'clouds', name: 'Clouds' },
] as const

export type LaneId = typeof lanes[number]['id']

export interface TimelineEvent {
  /** ids of the facts it comes from */
  fact: string
  lane: LaneId
  /** as exact as the fact has it: "1979", "about 2003", "March 2013", "21 July 2015" */
  date: string
  /** beside its box, with its lane's name in front: what happened, in a few words */
  label: string
  /** what happened, in a sentence or two */
  text: string
}

export const timeline: readonly TimelineEvent[] = [
  { fact: 'C1', lane: 'containers', date: '1979', label: 'chroot: own files', text: 'chroot in Unix gives a process its own view of the files: the first piece.' },
  { fact: 'C2', lane: 'containers', date: '2000', label: 'FreeBSD jails', text: 'FreeBSD 4.0 ships jails: processes, users and network are separated, too.' },
  { fact: 'C3 A17', lane: 'google', date: 'about 2003', label: 'Borg starts', text: 'Google starts Borg, the manager of its own clusters. Borg’s code has stayed inside since.' },
  { fact: 'C4 C5', lane: 'containers', date: '2008', label: 'cgroups and LXC', text: 'Linux gets cgroups: limits for a group of processes. A tool, LXC, joins them with kernel namespaces: containers.' },
  { fact: 'C6', lane: 'containers', date: 'March 2013', label: 'Docker makes it easy', text: 'Docker invents none of the pieces, but makes them easy.' },
  { fact: 'C7', lane: 'kubernetes', date: 'autumn 2013', label: 'begun', text: 'Beda, Burns and McLuckie at Google decide that an open-source orchestrator is needed, and try one out.' },
  { fact: 'C8', lane: 'google', date: 'May 2014', label: '2 billion containers a week', text: 'Google tells a conference: everything runs in containers; over 2 billion are started each week.' },
  { fact: 'C9', lane: 'kubernetes', date: '10 June 2014', label: 'announced', text: 'Kubernetes is announced at DockerCon, as open source: a whole made around the pieces.' },
  { fact: 'C10 C16', lane: 'google', date: '23 April 2015', label: 'paper on Borg', text: 'Google describes Borg in a paper: up to tens of thousands of machines a cluster. In 2016 another tells its lessons.' },
  { fact: 'C11', lane: 'containers', date: '22 June 2015', label: 'OCI is launched', text: 'Docker, CoreOS and others launch what becomes the Open Container Initiative: a standard for images and runtimes.' },
  { fact: 'C12', lane: 'kubernetes', date: '21 July 2015', label: 'v1.0', text: 'Kubernetes v1.0.' },
  { fact: 'C12 C15', lane: 'cncf', date: '21 July 2015', label: 'founded', text: 'The CNCF is announced with 22 founders; Kubernetes joins in 2016.' },
  { fact: 'C13', lane: 'clouds', date: '26 August 2015', label: 'Google GKE', text: 'Google’s hosted Kubernetes, today GKE, becomes generally available five weeks after v1.0.' },
  { fact: 'C11', lane: 'containers', date: '19 July 2017', label: 'OCI standard 1.0', text: 'The specifications of images and runtimes reach 1.0: what one tool builds, another can run.' },
  { fact: 'C17 A10', lane: 'cncf', date: '9 August 2017', label: 'AWS joins', text: 'AWS joins the CNCF: the five largest cloud providers are members now.' },
  { fact: 'I8', lane: 'kubernetes', date: 'October 2017', label: 'at Docker', text: 'Docker, whose Swarm is a rival, adopts Kubernetes, too.' },
  { fact: 'C19', lane: 'clouds', date: 'October 2017', label: 'Azure AKS preview', text: 'Azure AKS opens as a preview; generally available in June 2018.' },
  { fact: 'C20 A21', lane: 'cncf', date: '6 March 2018', label: 'Kubernetes graduates', text: 'Kubernetes is the first project to graduate from the CNCF: to reach its last stage, that of mature projects.' },
  { fact: 'C18 C19 C20', lane: 'clouds', date: '5 June 2018', label: 'Amazon EKS', text: 'Amazon EKS: Google, Microsoft and Amazon now host Kubernetes, which graduated in March.' },
  { fact: 'C21', lane: 'kubernetes', date: 'May 2022', label: 'no Docker adapter', text: 'dockershim, the adapter for Docker, is removed with v1.24. Images built with Docker still work: they follow the OCI format.' },
  { fact: 'C24 C9', lane: 'kubernetes', date: '26 August 2026', label: 'v1.37', text: 'v1.37 is out: in its thirteenth year, Kubernetes is no newcomer.' },
]

/** How the line is stretched: one scale for all years, but for the crowded ones, which are five times as wide. Where it changes, the axis is broken. */
export const stretches = [
  { from: 1979, to: 2013, wide: 1 },
  { from: 2013, to: 2019, wide: 5 },
  { from: 2019, to: 2027, wide: 1 },
] as const
