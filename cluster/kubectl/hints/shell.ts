// What was meant by a line that the shell does not know.
import { nearest } from '../nearest.ts'
import { COMMANDS } from '../verbs/index.ts'

/** What a shell has and this terminal has not. */
export function forShell(line: string, stderr: string): string | undefined {
  const [, editor, rest] = stderr.includes('edit: opens one file') ? /(?:^|[;&|])\s*(edit|vim?|nano)\s([^;&|]*)$/.exec(line.slice(0, 5000)) ?? [] : []
  if (editor)
    return `Objects of the cluster are opened by kubectl: \`kubectl edit ${rest!.trim().split(/\s+/).slice(0, 2).join(' ')}\``
  const missing = /bash: (\S+): command not found/.exec(stderr)?.[1]
  if (missing === 'curl' || missing === 'wget')
    return `Services are asked from within the cluster: \`kubectl exec POD -- ${missing}\` …`
  // it says itself what to do
  if (stderr.includes('are not there in this shell'))
    return undefined
  if (/(?:^|[;&|]\s*)(?:for|while|if|export|alias)\s|\$[({?A-Z_a-z]|^\s*[A-Z_]\w*=\S*\s*$/.test(line.slice(0, 5000).replace(/'[^']*'/g, '')))
    return 'This terminal has no variables, loops or $( ): type each command by itself.'
  if (!missing)
    return undefined
  if (missing === 'history')
    return 'The arrow keys bring back what was typed.'
  if (missing === 'helm')
    return 'Helm is a program of its own, that makes manifests of templates. Here they are in files: `kubectl apply -f FILE`.'
  if (/^(?:awk|sed|tr|jq|yq|column|paste|perl|python3?)$/.test(missing))
    return `There is no ${missing} here. grep, head, tail, sort, uniq, cut and wc are; \`-o custom-columns\` and \`-o jsonpath\` choose columns.`
  if (/^(?:crictl|ctr|docker|nerdctl|podman|ssh)$/.test(missing))
    return `${missing} is typed on a machine, and this terminal is outside: \`kubectl get pods -o wide\` tells what runs where.`
  const verb = nearest(missing, ['kubectl', ...COMMANDS.map(each => each.name)])
  return verb ? verb === 'kubectl' ? 'Did you mean `kubectl`?' : `Did you mean \`kubectl ${verb}\`?` : undefined
}
