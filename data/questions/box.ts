// Questions of section 4.
import type { Question } from './index.ts'

export const box: readonly Question[] = [
  {
    id: 'ship-cost',
    ask: 'Port Newark, 1956: a ton goes aboard loose, or in a container. How much cheaper is the loading?',
    facts: 'B1 B3',
    options: [
      { text: 'No cheaper: all of it still has to be lifted aboard', reply: 'Lifting is not the cost, handling each piece is: one hook moves a whole box.', misconception: 'box-itself' },
      { text: 'About half the price', reply: 'Too little: the cost was in handling each piece, and that has vanished.', misconception: 'box-itself' },
      { text: 'About five times cheaper', reply: 'Still too careful: one hook moves at once what many backs carried one by one.', misconception: 'box-itself' },
      { text: 'About 37 times cheaper', right: true, reply: '5.83 dollars a ton against 15.8 cents. It is the cost of loading, not of the whole voyage.' },
    ],
  },
]
