// Fields of objects that have no describer of their own, in words. upstream: printUnstructuredContent

const WORDS: Readonly<Record<string, string>> = { apiVersion: 'API Version', uid: 'UID' }

/** `creationTimestamp` as `Creation Timestamp`. upstream: smartLabelFor */
function label(field: string): string {
  return WORDS[field] ?? field.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/^./, letter => letter.toUpperCase()).replace(/\b(?:Uid|Ip|Ips|Api)\b/g, word => word.toUpperCase())
}

/** The fields in their order, what lies deeper further in. */
export function yamlLike(value: Readonly<Record<string, unknown>>, depth = 0): string[] {
  const indent = '  '.repeat(depth)
  return Object.keys(value).sort().flatMap((field) => {
    const item = value[field]
    if (item === undefined || item === null)
      return []
    if (Array.isArray(item)) {
      return [`${indent}${label(field)}:`, ...(item as unknown[]).flatMap(each => typeof each === 'object' && each !== null ? yamlLike(each as Record<string, unknown>, depth + 1) : [`${indent}  ${String(each)}`])]
    }
    if (typeof item === 'object')
      return [`${indent}${label(field)}:`, ...yamlLike(item as Record<string, unknown>, depth + 1)]
    return [`${indent}${label(field)}:\t${String(item as string)}`]
  })
}
