// Rules for names, labels and the like, with their messages. upstream: apimachinery util/validation

const QUALIFIED = /^[A-Z0-9](?:[-\w.]*[A-Z0-9])?$/i
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const DOTTED = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/

const longest = (n: number) => `must be no more than ${n} bytes`
const by = (message: string, pattern: string, ...examples: string[]) =>
  `${message} (${examples.length ? `e.g. ${examples.map(example => `'${example}', `).join('or ').replace(/, $/, ', ')}` : ''}regex used for validation is '${pattern}')`

function rule(limit: number, pattern: RegExp, message: string) {
  return (value: string): string[] => [...(value.length > limit ? [longest(limit)] : []), ...(pattern.test(value) ? [] : [message])]
}

/** upstream: validation.IsDNS1123Label */
export const dnsLabel = rule(63, LABEL, by('a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \'-\', and must start and end with an alphanumeric character', '[a-z0-9]([-a-z0-9]*[a-z0-9])?', 'my-name', '123-abc'))

/** upstream: validation.IsDNS1123Subdomain */
export const dnsSubdomain = rule(253, DOTTED, by('a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character', '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*', 'example.com'))

/** upstream: validation.IsDNS1035Label */
export const dns1035Label = rule(63, LABEL_1035, by('a DNS-1035 label must consist of lower case alphanumeric characters or \'-\', start with an alphabetic character, and end with an alphanumeric character', '[a-z]([-a-z0-9]*[a-z0-9])?', 'my-name', 'abc-123'))

const QUALIFIED_MESSAGE = by('must consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character', '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]', 'MyName', 'my.name', '123-abc')

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
    return [`a qualified name ${QUALIFIED_MESSAGE.replace(/\)$/, '')}) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  if (name === '')
    errors.push('name part must be non-empty')
  else if (name.length > 63)
    errors.push(`name part ${longest(63)}`)
  if (!QUALIFIED.test(name))
    errors.push(`name part ${QUALIFIED_MESSAGE}`)
  return errors
}

const VALUE = rule(63, /^(?:[A-Z0-9](?:[-\w.]*[A-Z0-9])?)?$/i, by('a valid label must be an empty string or consist of alphanumeric characters, \'-\', \'_\' or \'.\', and must start and end with an alphanumeric character', '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', 'MyValue', 'my_value', '12345'))

/** upstream: validation.IsValidLabelValue */
export const labelValue = VALUE
