// The questions asked before each diagram, by id.
import { box } from './box.ts'
import { how } from './how.ts'
import { who } from './who.ts'
import { why } from './why.ts'

export interface Option {
  text: string
  right?: true
  /** said when the answer is revealed: why it is right, or what it mistakes */
  reply: string
  /** for a wrong option: the id of the belief it is built on */
  misconception?: string
}

export interface Question {
  id: string
  ask: string
  /** ids of the facts its numbers come from, as "B1 B3" */
  facts?: string
  options: readonly Option[]
}

export const questions: readonly Question[] = [...why, ...box, ...how, ...who]

/**
 * The question with this id.
 * @throws where there is none
 */
export function question(id: string): Question {
  const found = questions.find(q => q.id === id)
  if (!found)
    throw new Error(`no question "${id}" in data/questions`)
  return found
}
