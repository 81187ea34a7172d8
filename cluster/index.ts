// The cluster's public doors; nothing outside cluster/ imports past them.
export { ApiError, refused } from './api/errors.ts'
export type { AnyObject, Kind, ObjectOf, Objects } from './api/objects.ts'
export type { DeleteOptions, ListOptions, Server } from './api/server.ts'
export type { WatchEvent } from './api/store.ts'
export { microStamp, parseStamp, stamp } from './timeline/clock.ts'
export { type Actor, type Context, createKernel, type Kernel, type Operation } from './timeline/kernel.ts'
