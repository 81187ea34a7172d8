// Which Pod the buttons of a diagram mean. Once somebody chose, came to a button or did something, they mean that Pod, also when it has gone: never another by themselves.
import type { Ref } from 'vue'
import type { PodView } from '../scenarios/view.ts'
import { shallowRef } from 'vue'

/** A view of the cluster at a time: virtual ms. */
interface Seen { readonly now: number, readonly pods: readonly PodView[] }

export interface ChosenPod {
  /** nothing while the buttons mean the first Pod that does not end, whichever that is */
  readonly kept: Ref<{ readonly pod: PodView } | undefined>
  /** the Pod that is meant, as it is, or as it was when it was last chosen; undefined where there never was one */
  of: (view: Seen) => PodView | undefined
  /** it is stopping, or gone */
  ends: (view: Seen) => boolean
  /** from now on that Pod is meant, or the one that is meant already */
  keep: (view: Seen, pod?: PodView) => void
}

/** @param seed of the story that is told: another has other Pods */
export function useChosenPod(seed: Readonly<Ref<number>>): ChosenPod {
  const kept = shallowRef<{ readonly pod: PodView, readonly at: number, readonly seed: number }>()
  const find = ({ pods }: Seen) => pods.find(({ uid }) => uid === kept.value?.pod.uid)
  /** before it was chosen, and in another story, nobody has chosen it */
  const holds = ({ now }: Seen) => kept.value && now >= kept.value.at && seed.value === kept.value.seed
  const of: ChosenPod['of'] = view => find(view) ?? (holds(view) ? kept.value!.pod : view.pods.find(({ state }) => state !== 'terminating') ?? view.pods[0])
  return {
    kept,
    of,
    ends(view) {
      const pod = of(view)
      return !pod || pod.state === 'terminating' || !view.pods.some(({ uid }) => uid === pod.uid)
    },
    keep(view, pod = of(view)) {
      if (pod && view.pods.some(({ uid }) => uid === pod.uid) && (pod.uid !== kept.value?.pod.uid || !holds(view)))
        kept.value = { pod, at: view.now, seed: seed.value }
    },
  }
}
