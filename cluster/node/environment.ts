// What a container's environment takes from elsewhere when it is made: ConfigMaps, and variables named in other values. upstream: pkg/kubelet/kubelet_pods.go
import type { Container } from 'kubernetes-types/core/v1'

/** The variables that a container got from ConfigMaps when it was made: later changes of these do not reach it. Frozen. */
export type Given = Readonly<Record<string, string>>

/** A variable's or a file's source that need not be there. */
interface Source { readonly name?: string, readonly key?: string, readonly optional?: boolean }

/**
 * What a container is given from ConfigMaps, or the first thing that is missing, in the kubelet's words; neither where it asks for none. Secrets are never there.
 * @param data of a ConfigMap by its name; undefined where there is none, and empty where it holds nothing. upstream: makeEnvironmentVariables
 */
export function givenTo({ env = [], envFrom = [] }: Container, namespace: string, data: (name: string) => Given | undefined): { readonly given?: Given, readonly missing?: string } {
  const given: Record<string, string> = {}
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    if (secretRef && !configMapRef && !secretRef.optional)
      return { missing: `secret "${secretRef.name ?? ''}" not found` }
    if (!configMapRef)
      continue
    const found = data(configMapRef.name ?? '')
    if (!found && !configMapRef.optional)
      return { missing: `configmap "${configMapRef.name ?? ''}" not found` }
    for (const [key, value] of Object.entries(found ?? {}))
      given[`${prefix}${key}`] = value
  }
  for (const { name: variable, value, valueFrom } of env) {
    const [secret, from]: (Source | undefined)[] = value ? [] : [valueFrom?.secretKeyRef, valueFrom?.configMapKeyRef]
    if (secret && !secret.optional)
      return { missing: `secret "${secret.name ?? ''}" not found` }
    if (!from)
      continue
    const { name = '', key = '', optional } = from
    const found = data(name)
    if (!found && !optional)
      return { missing: `configmap "${name}" not found` }
    if (found && Object.hasOwn(found, key))
      given[variable] = found[key]!
    else if (!optional)
      return { missing: `couldn't find key ${key} in ConfigMap ${namespace}/${name}` }
  }
  return Object.keys(given).length ? { given: Object.freeze(given) } : {}
}

/** Puts values where `$(NAME)` stands; `$$` is a dollar, and a name that nobody knows stays as it is written. upstream: third_party/forked/golang/expansion Expand */
export function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (all, name?: string) => name === undefined ? '$' : Object.hasOwn(values, name) ? values[name]! : all)
}
