// The words of the lecture, each explained in one plain sentence.

export interface Word {
  id: string
  /** as the field writes it */
  term: string
  /** one sentence, at most 30 words, that uses no unexplained word */
  meaning: string
}

export const glossary: readonly Word[] = [
  { id: 'api', term: 'API', meaning: 'The set of calls by which one program may ask another for something.' },
  { id: 'api-server', term: 'API server (kube-apiserver)', meaning: 'The front door of the control plane: everyone reads and writes the cluster\'s objects through it and nothing else.' },
  { id: 'autoscaler', term: 'autoscaler', meaning: 'A loop that changes how many Pods, or machines, are wanted by what it measures.' },
  { id: 'back-off', term: 'back-off', meaning: 'Waiting longer after each failure before trying again.' },
  { id: 'borg', term: 'Borg', meaning: 'The cluster manager Google built for itself long before Kubernetes; its ideas went into Kubernetes, its code did not.' },
  { id: 'break-bulk', term: 'break-bulk', meaning: 'Cargo that is loaded piece by piece: sacks, barrels, crates.' },
  { id: 'cgroups', term: 'cgroups', meaning: 'Control groups: the part of the Linux kernel that limits and counts what a group of processes may use.' },
  { id: 'chroot', term: 'chroot', meaning: 'A call of Unix that shows a process one directory as if it were the whole disk.' },
  { id: 'cluster', term: 'cluster', meaning: 'A set of machines that are used as one, with a control plane that steers them.' },
  { id: 'cncf', term: 'CNCF', meaning: 'Cloud Native Computing Foundation: the neutral home of Kubernetes and over two hundred other projects.' },
  { id: 'container', term: 'container', meaning: 'Processes on a machine that the kernel gives a restricted view and limited resources.' },
  { id: 'containerd', term: 'containerd', meaning: 'A container runtime: it fetches images and starts and stops containers on one machine.' },
  { id: 'control-plane', term: 'control plane', meaning: 'The parts that decide: API server, store, scheduler and controllers.' },
  { id: 'controller', term: 'controller', meaning: 'A loop that watches the objects it cares for and acts until what is matches what is wanted.' },
  { id: 'declarative', term: 'declarative', meaning: 'Saying what should be, and leaving it to the system how to get there.' },
  { id: 'deployment', term: 'Deployment', meaning: 'The object that says which version should run in how many copies, and how to change from one version to the next.' },
  { id: 'dns', term: 'DNS', meaning: 'The service that answers a name with an address; a cluster runs one of its own for its Services.' },
  { id: 'endpoint', term: 'endpoint', meaning: 'The address of one Pod of a Service, with whether it may receive requests now.' },
  { id: 'endpointslice', term: 'EndpointSlice', meaning: 'The object that lists the endpoints of a Service; a loop keeps it up to date.' },
  { id: 'etcd', term: 'etcd', meaning: 'The store in which the control plane keeps every object of the cluster.' },
  { id: 'gateway', term: 'Gateway API', meaning: 'The newer set of objects that say how requests from outside reach Services; Ingress is the older.' },
  { id: 'image', term: 'image', meaning: 'A packed, unchanging set of files and settings from which containers are started.' },
  { id: 'ingress', term: 'Ingress', meaning: 'Rules by which requests from outside reach Services; a controller that you choose and add carries them out.' },
  { id: 'kernel', term: 'kernel', meaning: 'The core of the operating system that runs programs and shares out the machine among them.' },
  { id: 'kube-proxy', term: 'kube-proxy', meaning: 'A program on each node that writes the addresses of Services and Pods into its kernel.' },
  { id: 'kubectl', term: 'kubectl', meaning: 'The command-line tool that talks to the API server.' },
  { id: 'kubelet', term: 'kubelet', meaning: 'The agent on each node that makes the containers of its Pods run and reports on them.' },
  { id: 'label', term: 'label', meaning: 'A name and a value attached to an object, by which others select it.' },
  { id: 'limit', term: 'limit', meaning: 'The most a container may use; the kernel enforces it.' },
  { id: 'liveness', term: 'liveness probe', meaning: 'A regular check; when it keeps failing the kubelet restarts the container.' },
  { id: 'manifest', term: 'manifest', meaning: 'A file, mostly in YAML, that writes down the wanted state of one or more objects.' },
  { id: 'microservices', term: 'microservices', meaning: 'An application cut into small services that are built, deployed and scaled on their own and call each other over the network.' },
  { id: 'namespace', term: 'namespace', meaning: 'A part of a cluster with names of its own: the same name can stand in two of them. Not one of the kernel\'s.' },
  { id: 'namespaces', term: 'kernel namespaces', meaning: 'The part of the Linux kernel that shows a process only its own processes, files, network and names.' },
  { id: 'networkpolicy', term: 'NetworkPolicy', meaning: 'The object that says which Pods may call which; a network plug-in enforces it. Without one, all may.' },
  { id: 'node', term: 'node', meaning: 'A machine of the cluster, physical or virtual, that runs Pods.' },
  { id: 'oci', term: 'OCI', meaning: 'Open Container Initiative: the open specifications for images and for running them.' },
  { id: 'orchestration', term: 'orchestration', meaning: 'Steering many containers on many machines: placing, finding, healing, updating, growing.' },
  { id: 'pending', term: 'Pending', meaning: 'The state of a Pod that is accepted but does not run yet: it waits for a node, or for its image.' },
  { id: 'pod', term: 'Pod', meaning: 'The smallest thing Kubernetes runs: one or more containers that share a network address and storage, on one node.' },
  { id: 'process', term: 'process', meaning: 'A program that is running.' },
  { id: 'readiness', term: 'readiness probe', meaning: 'A regular check that decides whether a Pod may receive requests now.' },
  { id: 'reconcile', term: 'reconcile', meaning: 'Compare what is wanted with what is, and act on the difference.' },
  { id: 'registry', term: 'registry', meaning: 'Where images are kept, and where machines fetch them from.' },
  { id: 'replica', term: 'replica', meaning: 'One of several identical Pods.' },
  { id: 'replicaset', term: 'ReplicaSet', meaning: 'The object whose loop keeps a given number of identical Pods running.' },
  { id: 'request', term: 'resource request', meaning: 'What a container says it needs; the scheduler adds requests up to find room.' },
  { id: 'rolling-update', term: 'rolling update', meaning: 'Replacing the Pods of one version by another\'s, a few at a time, so that enough serve.' },
  { id: 'scheduler', term: 'scheduler (kube-scheduler)', meaning: 'The loop that picks a node for each new Pod.' },
  { id: 'secret', term: 'Secret', meaning: 'The object for passwords and keys: shown in base64, and stored unencrypted by default.' },
  { id: 'selector', term: 'selector', meaning: 'A condition on labels: it picks objects.' },
  { id: 'seed', term: 'seed', meaning: 'The number from which a diagram draws its chance: names, places, and who gets a request.' },
  { id: 'service', term: 'Service', meaning: 'A stable name and address for a changing set of Pods.' },
  { id: 'statefulset', term: 'StatefulSet', meaning: 'Like a Deployment, but each Pod keeps its own name and its own storage.' },
  { id: 'surge', term: 'surge', meaning: 'How many Pods more than wanted there may be during a rolling update.' },
  { id: 'taint', term: 'taint', meaning: 'A mark on a node that keeps Pods away, or drives them off, unless they tolerate it.' },
  { id: 'uid', term: 'UID', meaning: 'The identity of one object, never given twice: a new Pod has a new one, even under an old name.' },
  { id: 'volume', term: 'volume', meaning: 'Storage that is attached to containers and can outlive them.' },
  { id: 'workload', term: 'workload', meaning: 'An application that runs on the cluster, of one Pod or many.' },
]

/**
 * The word with this id.
 * @throws where the glossary has none
 */
export function word(id: string): Word {
  const found = glossary.find(w => w.id === id)
  if (!found)
    throw new Error(`no word "${id}" in data/glossary.ts`)
  return found
}
