// What was meant by the name of an object that is not there, or is there already, and by words that stand in another place.
import { RESOURCES } from '../../api/objects.ts'
import type { Session } from '../io.ts'
import { readWords } from '../kubectl.ts'
import { nearest } from '../nearest.ts'
import { kindNamed } from '../resources.ts'
import type { Eyes } from './eyes.ts'
import { filesOf } from './file.ts'

/** The verb of a line and what it is said of, without flags and their values; where these cannot be read, without what looks like one. */
function operandsOf(words: readonly string[]): readonly string[] {
  try {
    const { path, flags } = readWords(words)
    return [...path, ...flags.words]
  }
  catch {
    return words.filter(word => !word.startsWith('-'))
  }
}

/** @param stderr what the API server said */
export function forObject(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const taken = /'([^']*)' already has a value \([^)]*\), and --overwrite is false/.exec(stderr)
  if (taken)
    return `Add \`--overwrite\` to change it, or write \`${taken[1]}-\` to take it off.`
  const missing = /\(NotFound\): (\w+)(?:\.\S+)? "([^"]*)" not found/.exec(stderr)
  if (missing) {
    const kind = kindNamed(missing[1]!)
    const all = kind ? api.list(kind) : []
    const there = all.find(({ metadata }) => metadata.name === missing[2])
    if (there)
      return `There is one in the namespace ${there.metadata.namespace}: add \`-n ${there.metadata.namespace}\`.`
    // the end of a name, as a picture or a habit has it
    const whole = all.filter(({ metadata }) => metadata.name.endsWith(`-${missing[2]!}`))
    if (whole.length === 1)
      return `The whole name is ${whole[0]!.metadata.name}.`
    if (/^[A-Z]{3,}$/.test(missing[2]!))
      return `${missing[2]} stands for a name: \`kubectl get ${missing[1]}\` lists them.`
    const [verb = '', first, second = 'NODE'] = operandsOf(words)
    // other verbs want the kind before the name; these know it
    if (['cordon', 'drain', 'uncordon'].includes(verb) && first === missing[2] && kindNamed(first!) === 'Node')
      return `${verb} is for nodes alone, and wants no kind: \`kubectl ${verb} ${second}\`.`
    const near = nearest(missing[2]!, all.map(({ metadata }) => metadata.name))
    if (near)
      return `Did you mean ${near}?`
    const named = kind !== 'Deployment' && api.get('Deployment', session.namespace, missing[2]!)
    if (!named || missing[2] === 'deployment')
      return `\`kubectl get ${missing[1]}\` lists what there is.`
    if (['delete', 'label', 'annotate'].includes(verb))
      return `A Pod of the Deployment ${missing[2]} has a longer name: \`kubectl get pods\` lists them.`
    const slashed = ['logs', 'exec', 'attach'].includes(verb)
    return slashed ? `${missing[2]} is a Deployment: write \`deployment/${missing[2]}\`.` : `${missing[2]} is a Deployment: write \`deployment\` before it.`
  }
  const there = / (\w+)(?:\.\S+)? "([^"]*)" already exists/.exec(stderr)
  const kind = there && kindNamed(there[1]!)
  const file = there && filesOf(words)[0]
  if (there && kind && words[0] === 'create' && file)
    return `There is one already: \`kubectl apply -f ${file}\` changes it to what the file says.`
  if (there && kind)
    return `There is one already: \`kubectl edit ${RESOURCES[kind].singular} ${there[2]}\` changes it.`
  return undefined
}

/** What a Service is made by needs its type, and its ports; what is applied to one that has other ports keeps them beside its own. */
export function forService(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const [verb = '', sub = '', name = 'NAME'] = operandsOf(words)
  if (verb === 'create' && ['service', 'svc'].includes(sub) && /unknown (?:command|flag)/.test(stderr))
    return `The type comes before the name: \`kubectl create service clusterip ${name} --tcp=80\``
  if (verb === 'create' && stderr.includes('at least one tcp port'))
    return 'Say on which port it listens: `--tcp=80`'
  if (stderr.includes('couldn\'t find port via --port'))
    return 'Say on which port the Service listens: `--port=80`'
  const [, made] = /The Service "([^"]*)" is invalid: [\s\S]*spec\.ports\[0\]\.name: Required value/.exec(stderr) ?? []
  if (made !== undefined && !api.get('Service', session.namespace, made))
    return 'Ports of a Service that has more than one need a name each: `name: http` beside `port: 80`.'
  if (verb === 'apply' && made !== undefined && filesOf(words).some(file => Object.hasOwn(session.files, file)))
    return `The Service ${made} has another port already, which apply keeps, and two ports need names. Take it away first: \`kubectl delete service ${made}\``
  return undefined
}

/** An image without the container that it is for: kubectl takes it for a name. */
export function forImage(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const operands = operandsOf(words)
  if (operands[0] !== 'set' || operands[1] !== 'image' || !/at least one image update|unable to find container|"[^":]*:[^"]*" not found/.test(stderr))
    return undefined
  const containers = api.list('Deployment', { namespace: session.namespace }).find(({ metadata }) => operands.some(word => word.split('/').at(-1) === metadata.name))?.spec.template.spec.containers ?? []
  return containers[0] && `\`set image\` wants \`CONTAINER=IMAGE\`: the container here is called ${containers.map(({ name }) => name).join(' or ')}.`
}

/** Words that stand in another place, or in another form, than the verb wants them. */
export function forWords(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const operands = operandsOf(words)
  const [verb = '', sub = ''] = operands
  const first = api.list('Deployment', { namespace: session.namespace })[0]?.metadata.name ?? 'NAME'
  const colon = operands.slice(2).find(word => /^[\w./-]+:[\w.-]+$/.test(word))
  if ((verb === 'label' || verb === 'annotate') && colon)
    return `Between a name and its value stands an equals sign: \`${colon.replace(':', '=')}\``
  const equals = operands.indexOf('=')
  if ((verb === 'label' || verb === 'annotate') && equals > 0 && operands[equals + 1])
    return `No blanks around the equals sign: \`${operands[equals - 1]}=${operands[equals + 1]}\``
  const early = /before (label|annotation) changes/.exec(stderr)?.[1] ?? (stderr.includes('at least one label update') ? 'label' : '')
  const pairs = operands.slice(1).filter(word => word.includes('='))
  const others = operands.slice(1).filter(word => !word.includes('='))
  const node = others.find(word => api.get('Node', '', word))
  if (early && (node || operands[1]?.includes('=')))
    return `What gets the ${early} stands before it: \`kubectl ${verb} ${node ? `node ${node}` : others.join(' ')} ${pairs.join(' ') || 'NAME=VALUE'}\``
  if (verb === 'rollout' && stderr.startsWith('error: required resource not specified'))
    return `What is meant stands behind it: \`kubectl rollout ${sub} deployment ${first}\``
  const pair = verb === 'set' && stderr.includes('no name was specified') && operands.find(word => word.includes('='))
  if (pair)
    return `Its name is missing before ${pair}: \`kubectl set ${sub} deployment ${first} ${pair}\``
  if (stderr.includes('no name was specified') && kindNamed(sub))
    return `Say which, by its name: \`kubectl get ${sub}\` lists them.`
  if (stderr.includes('no rollout history found'))
    return 'There is no version before this one: it is the first. What is wrong has to be mended, not undone.'
  if (verb === 'create' && sub === 'deployment' && Object.hasOwn(session.files, operands[2] ?? ''))
    return `What a file describes is handed over with \`kubectl apply -f ${operands[2]}\`.`
  const amount = verb === 'set' && sub === 'resources' ? words.find(word => /^(?:--(?:requests|limits)=)?(?:memory|cpu)=|^--(?:requests|limits)=\d/.test(word)) : undefined
  if (amount && /^(?:memory|cpu)=/.test(amount))
    return `Say what it is: \`--requests=${amount}\` is set aside, \`--limits=${amount}\` is the most.`
  if (amount && /^--\w+=\d/.test(amount))
    return `Say of what: \`${amount.replace('=', '=memory=')}\``
  if (amount && /=\d+(?:mi|gi|ki|MI|GI|mI)$/.test(amount))
    return 'Amounts of memory end in Ki, Mi or Gi: 64Mi.'
  const short = words.find(word => /^-(?:replicas|image|requests|limits|port)\b/.test(word))
  if (short)
    return `A flag that is a word has two dashes: \`-${short}\``
  const count = operands.slice(2).map(word => /^(?:replicas=)?(\d+)$/.exec(word)?.[1]).find(Boolean)
  if (verb === 'scale' && count)
    return `How many is told by \`--replicas=${count}\`.`
  if (verb === 'run' && Object.hasOwn(session.files, sub))
    return `What a file describes is handed over with \`kubectl apply -f ${sub}\`.`
  return undefined
}
