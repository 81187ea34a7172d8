// What a listener can do afterwards, each with the way to check it and where it is taught.

export interface Goal {
  id: string
  /** completes "Afterwards you can …" */
  can: string
  /** a task that shows whether it was reached */
  check: string
  /** the slide that teaches it */
  alias: string
}

export const goals: readonly Goal[] = [
  { id: 'container', can: 'say what a container is, and why it is not a small machine', check: 'Finish: a container is … Name two things all containers of a machine share.', alias: 'container' },
  { id: 'orchestration', can: 'name five jobs an orchestrator takes over', check: 'Name the five. How is each done without an orchestrator?', alias: 'steer' },
  { id: 'loop', can: 'predict what Kubernetes does when something breaks', check: 'A machine dies: what happens at once, after a minute, after six?', alias: 'dead-node' },
  { id: 'manifest', can: 'read a manifest and say what it promises', check: 'Three replicas run; you write five, and another image. What changes?', alias: 'use' },
  { id: 'judge', can: 'judge whether a project needs it', check: 'One shop, one program, two releases a year: is it worth it?', alias: 'cost' },
]
