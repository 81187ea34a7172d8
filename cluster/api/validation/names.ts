// Rules for names, labels and the like, with their messages. upstream: apimachinery util/validation

const QUALIFIED = /^[A-Z0-9](?:[-\w.]*[A-Z0-9])?$/i
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const DOTTED = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

const longest = (n: number) => `must be no more than ${n} bytes`
// the second blank before `or` is upstream's own
const by = (message: string, pattern: string, ...examples: string[]) =>
  `${message} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`

function rule(limit: number, pattern: RegExp, message: string) {
  return (value: string): string[] => [...(value.length > limit ? [longest(limit)] : []), ...(pattern.test(value) ? [] : [message])]
}

/** upstream: validation.IsDNS1123Label */
export const dnsLabel = /* @__PURE__ */ rule(63, LABEL, /* @__PURE__ */ by('a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \'-\', and must start and end with an alphanumeric character', '[a-z0-9]([-a-z0-9]*[a-z0-9])?', 'my-name', '123-abc'))

/** upstream: validation.IsDNS1123Subdomain */
export const dnsSubdomain = /* @__PURE__ */ rule(253, DOTTED, /* @__PURE__ */ by('a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character', '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*', 'example.com'))

const QUALIFIED_MESSAGE = /* @__PURE__ */ by('must consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character', '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc')

/** A label's or annotation's key. upstream: validation.IsQualifiedName */
export function qualifiedName(value: string): string[] {
  const parts = value.split('/')
  const errors: string[] = []
  let name = parts[0]!
  if (parts.length === 2) {
    name = parts[1]!
    errors.push(...(parts[0] === '' ? ['prefix part must be non-empty'] : dnsSubdomain(parts[0]!).map(e => `prefix part ${e}`)))
  }
  else if (parts.length > 2) {
    return [`a qualified name ${QUALIFIED_MESSAGE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  if (name === '')
    errors.push('name part must be non-empty')
  else if (name.length > 63)
    errors.push(`name part ${longest(63)}`)
  if (!QUALIFIED.test(name))
    errors.push(`name part ${QUALIFIED_MESSAGE}`)
  return errors
}

const VALUE = /* @__PURE__ */ rule(63, /^(?:[A-Z0-9](?:[-\w.]*[A-Z0-9])?)?$/i, /* @__PURE__ */ by('a valid label must be an empty string or consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character', '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', 'MyValue', 'my_value', '12345'))

/** upstream: validation.IsValidLabelValue */
export const labelValue = VALUE

/** upstream: validation.IsValidPortNum */
export const portNumber = (value: number): string[] => value >= 1 && value <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']

const PORT_RULES: readonly [RegExp, boolean, string][] = [
  [/^.{0,15}$/, true, 'must be no more than 15 characters'],
  [/^[-a-z0-9]*$/, true, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
  [/[a-z]/, true, 'must contain at least one letter (a-z)'],
  [/--/, false, 'must not contain consecutive hyphens'],
  [/^-|-$/, false, 'must not begin or end with a hyphen'],
]

/** upstream: validation.IsValidPortName */
export const portName = (value: string): string[] => PORT_RULES.filter(([pattern, wanted]) => pattern.test(value) !== wanted).map(([, , message]) => message)

/** upstream: validation.IsRelaxedEnvVarName */
// eslint-disable-next-line regexp/no-obscure-range -- all of printable ASCII but the equals sign
export const envName = (value: string): string[] => /^[ -<>-~]+$/.test(value) ? [] : ['a valid environment variable name must consist only of printable ASCII characters other than \'=\'']

/** What no key may be, since it would lead out of a folder. upstream: validation.hasChDirPrefix */
const leadsOut = (key: string): string[] => key === '.' || key === '..' ? [`must not be '${key}'`] : key.startsWith('..') ? ['must not start with \'..\''] : []

const keyLetters = /* @__PURE__ */ rule(253, /^[-\w.]+$/, /* @__PURE__ */ by('a valid config key must consist of alphanumeric characters, \'-\', \'_\' or \'.\'', '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name'))

/** upstream: validation.IsConfigMapKey */
export const configKey = (key: string): string[] => [...keyLetters(key), ...leadsOut(key)]

const variableLetters = /* @__PURE__ */ rule(Infinity, /^[-._a-z][-.\w]*$/i, /* @__PURE__ */ by('a valid environment variable name must consist of alphabetic characters, digits, \'_\', \'-\', or \'.\', and must not start with a digit', '[-._a-zA-Z][-._a-zA-Z0-9]*', 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1'))

/** A variable's name as kubectl takes it: narrower than what the API server takes. upstream: IsEnvVarName */
export const envVarName = (name: string): string[] => [...variableLetters(name), ...leadsOut(name)]
