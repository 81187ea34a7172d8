// Claims that were checked and found wrong, outdated or overstated: none of them may come back.

export interface WrongClaim {
  claim: RegExp
  /** the fact that corrects it */
  fact: string
  /** a sentence that makes the claim: the pattern must find it */
  sample: string
}

export const wrongClaims: readonly WrongClaim[] = [
  { claim: /CNCF(?:,[^.,]*,)?\s+(?:\w+\s+){0,6}govern(?:s|ed|ing)\b(?! (?:board|council))|govern(?:ed|ance) (?:of Kubernetes )?by the (?:CNCF|Cloud Native Computing Foundation)/i, fact: 'A12', sample: 'The CNCF is the organisation that now governs Kubernetes.' },
  { claim: /universal and sustainable/i, fact: 'A13', sample: 'dedicated to making cloud native computing universal and sustainable' },
  { claim: /AWS\s+(?:has\s+)?finally\s+join/i, fact: 'A10', sample: 'with AWS finally joining its competitors' },
  { claim: /mediates? (?:the )?interaction/i, fact: 'A14', sample: 'CNCF mediates the interaction between cloud platforms and Kubernetes' },
  { claim: /born\b.{0,60}\binternal need|internal need\b.{0,40}\bborn/i, fact: 'A16', sample: 'Kubernetes was born as a project of Google\'s internal need' },
  { claim: /Google\s+(?:runs|ran|uses|used)\s+(?:everything|all its services|its services) on Kubernetes/i, fact: 'A16', sample: 'Google runs everything on Kubernetes' },
  { claim: /(?:far|long) before anyone/i, fact: 'A15', sample: 'Google ran containers far before anyone else' },
  { claim: /Google invented (?:the )?containers/i, fact: 'A15', sample: 'Google invented containers' },
  { claim: /all (?:the|its|their) proprietary knowledge|Borg (?:was|is|became) (?:rewritten|open.sourced)/i, fact: 'A17', sample: 'they took all the proprietary knowledge' },
  { claim: /without affecting (?:the )?other parts/i, fact: 'A9', sample: 'each part can be deployed without affecting other parts' },
  { claim: /containers? (?:alone )?(?:gives?|means?|brings?|enables?|allows?) (?:\w+ ){0,4}(?:zero|no|without)[ -]downtime/i, fact: 'A4', sample: 'Containers enable releases without downtime' },
  { claim: /(?:the )?only process(?:es)? on the (?:machine|computer|host)/i, fact: 'A5', sample: 'a container thinks it is the only process on the machine' },
  { claim: /container orchestration is (?:a )?(?:much )?(?:newer|new|young)\b|technolog(?:y|ies) (?:is|are) still evolving/i, fact: 'A21', sample: 'container orchestration is a much newer space' },
  { claim: /\b(?:avoid(?:s|ing)?|no|free (?:of|from)) (?:\w+ )?vendor lock-?in\b/i, fact: 'A19', sample: 'trust by avoiding vendor lock-in' },
  { claim: /usually companies who want to scale/i, fact: 'A22', sample: 'users are usually companies who want to scale the number of machines' },
  { claim: /(?<![\d.,])5\.86\b/, fact: 'B3', sample: 'Loading cost 5.86 USD a ton' },
  { claim: /194[.,\s]?582/, fact: 'B4', sample: '194,582 separate items' },
  { claim: /freight (?:rates? )?(?:became|got|was|were|is|fell) (?:\w+ )?37 times/i, fact: 'B3', sample: 'freight became 37 times cheaper' },
  { claim: /standard box (?:made|makes)/i, fact: 'B7', sample: 'One standard box made loading 37 times cheaper' },
  { claim: /first (?:shipping )?container ever/i, fact: 'B1', sample: 'It carried the first container ever.' },
  { claim: /2 billion containers (?:running|are running|run|at (?:once|one time|any time))/i, fact: 'C8', sample: 'Google has 2 billion containers running' },
  { claim: /(?:21 June|June 21,?) 2015|2015-06-21/i, fact: 'C12', sample: 'Kubernetes 1.0 came out on 21 June 2015' },
  { claim: /96\s?%.{0,50}\b(?:in|use it in|run it in) production|96 per ?cent.{0,40}production/i, fact: 'D5', sample: '96% of organisations run it in production' },
  { claim: /91\s?%.{0,40}\b2022|2022.{0,40}\b91\s?%/, fact: 'D7', sample: '91% used it in 2022' },
  { claim: /\b80\s?%.{0,40}\b2024|2024.{0,40}\b80\s?%/, fact: 'D11', sample: 'In 2024 it was 80%' },
  { claim: /second[- ]largest open[- ]source/i, fact: 'D14', sample: 'the second largest open source project after Linux' },
  { claim: /71\s?%.{0,40}Fortune/i, fact: 'D15', sample: '71% of the Fortune 100 use Kubernetes' },
  { claim: /46\s?%.{0,40}(?:culture|complexity|2024)/i, fact: 'A25', sample: '46% named culture in 2024' },
  { claim: /(?:\b40\s?s(?:ec(?:onds?)?)?\b|forty seconds).{0,60}(?:node|machine|unreachable|NotReady|Unknown)|(?:node|machine|unreachable|NotReady).{0,60}(?:\b40\s?s(?:ec(?:onds?)?)?\b|forty seconds)/i, fact: 'F16', sample: 'After 40 s without a heartbeat the node is marked Unknown' },
  { claim: /at least (?:2|two) of (?:the )?(?:3|three)|(?:2|two) (?:Pods )?(?:must|of 3 replicas) .{0,20}available/i, fact: 'F13', sample: 'With defaults at least 2 of 3 stay available' },
  { claim: /Kubernetes (?:is|was) (?:just |merely )?(?:an )?orchestration system/i, fact: 'A23', sample: 'Kubernetes is an orchestration system' },
  { claim: /Kubernetes (?:builds?|compiles?) (?:your|my|the) (?:code|application|source)/i, fact: 'F2', sample: 'Kubernetes builds your code' },
  { claim: /Kubernetes (?:needs|requires) Docker/i, fact: 'C21', sample: 'Kubernetes needs Docker' },
  { claim: /Pods? (?:moves?|is moved|are moved|migrates?) to (?:another|a different|the other) (?:node|machine)/i, fact: 'F22', sample: 'The Pod moves to another node' },
  { claim: /Secrets? (?:are|is) encrypted/i, fact: 'I7', sample: 'Secrets are encrypted' },
  { claim: /(?:six|eight|five)-spoked|(?:six|eight|five) spokes/i, fact: 'G2', sample: 'a wheel with eight spokes' },
]
