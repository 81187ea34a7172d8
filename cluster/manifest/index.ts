// The door to what an editor of manifests asks: what may stand at a place, what it means, what is wrong.
export { type Offer, type Offers, offersAt } from './complete.ts'
export { type FieldHelp, helpAt } from './help.ts'
export { type Problem, problemsOf, type Purpose } from './problems.ts'
