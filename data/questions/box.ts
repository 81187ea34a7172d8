// Questions of section 4.
import type { Question } from './index.ts'

export const box: readonly Question[] = [
  {
    id: 'ship-cost',
    ask: 'Port Newark, 1956: a ton goes aboard loose, or in a container. How much cheaper is the loading?',
    facts: 'B1 B3',
    options: [
      { text: 'No cheaper: all of it still has to be lifted aboard', reply: 'Lifting is not the cost, handling each piece is: one hook moves a whole box.', misconception: 'better-sack' },
      { text: 'About half the price', reply: 'That would be a faster lift. Nobody carries a piece any more: all of that work has vanished.', misconception: 'better-sack' },
      { text: 'About five times cheaper', reply: 'That is a better sack, still on many backs. Here one hook moves the whole box.', misconception: 'better-sack' },
      { text: 'About 37 times cheaper', right: true, reply: '5.83 dollars a ton against 15.8 cents. It is the cost of loading, not of the whole voyage.' },
    ],
  },
]
