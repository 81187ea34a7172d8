// The Kubernetes that is modelled: the one place of its version. Nodes and `kubectl version` read it.

/** What nodes and the API server say that they are. */
export const KUBERNETES = 'v1.36.2'
/** What kubectl says that it is. */
export const KUBECTL = 'v1.36.4'
