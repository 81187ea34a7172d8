// What hints read of the cluster.
import type { Server } from '../../api/server.ts'

export type Eyes = Pick<Server, 'get' | 'list'>
