// The queue of tasks: a binary heap, the earliest first, ties in the order in which they were put there.

/** Something an actor has to do at a time: plain data, never changed once made. */
export interface Task {
  /** virtual ms */
  readonly due: number
  readonly seq: number
  readonly actor: string
  readonly key: string
}

const before = (a: Task, b: Task) => a.due < b.due || (a.due === b.due && a.seq < b.seq)

/** Adds a task to the heap. */
export function push(heap: Task[], task: Task): void {
  let i = heap.length
  heap.push(task)
  while (i > 0) {
    const up = (i - 1) >> 1
    if (!before(task, heap[up]!))
      break
    heap[i] = heap[up]!
    i = up
  }
  heap[i] = task
}

/** Takes the earliest task off the heap. */
export function pop(heap: Task[]): Task | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || first === last)
    return first
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length)
      break
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!))
      child++
    if (!before(heap[child]!, last))
      break
    heap[i] = heap[child]!
    i = child
  }
  heap[i] = last
  return first
}
