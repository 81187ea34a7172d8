// The twelve sections, in lecture order: the map of the lecture is drawn from this.

export interface Section {
  /** as in the frontmatter of its pages */
  id: string
  title: string
  /** the question the section answers */
  question: string
  /** the alias of its first slide */
  alias: string
}

export const sections: readonly Section[] = [
  { id: 'opening', title: 'Opening', question: 'What is this lecture for?', alias: 'title' },
  { id: 'definition', title: 'The definition', question: 'What do they say it is?', alias: 'definition' },
  { id: 'problem', title: 'Two wishes', question: 'Which problem does it solve?', alias: 'problem' },
  { id: 'box', title: 'The box', question: 'What did a box and a standard change?', alias: 'box' },
  { id: 'container', title: 'The container', question: 'What is a container, really?', alias: 'machine-question' },
  { id: 'pieces', title: 'Many pieces', question: 'Where does the metaphor end?', alias: 'pieces' },
  { id: 'steer', title: 'Steering', question: 'Why must someone steer?', alias: 'steer' },
  { id: 'how', title: 'How it works', question: 'How does Kubernetes do it?', alias: 'how' },
  { id: 'use', title: 'Use it', question: 'How do I tell it what I want?', alias: 'use' },
  { id: 'who', title: 'Who and why', question: 'Where is it from, and who uses it?', alias: 'who' },
  { id: 'back', title: 'The definition again', question: 'Do we understand it now?', alias: 'back' },
  { id: 'close', title: 'Close', question: 'What to keep, where to go on?', alias: 'close' },
]
