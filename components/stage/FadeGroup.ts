// A list whose items fade in and out where they stand. Vue's own group measures all its items at every change, to move them: here CSS moves what has a place of its own, and nothing is measured.
import { defineComponent, Fragment, getCurrentInstance, getTransitionRawChildren, h, resolveTransitionHooks, setTransitionHooks, useTransitionState } from 'vue'

/** ms: as long as the classes' animations take */
const COMES = 250
const GOES = 150

/** An item has the class `fades-in` while it comes, and `fades-out` while it stays behind; what stands there at first has neither. `calm`: it comes and goes at once. */
export const FadeGroup = defineComponent({
  name: 'FadeGroup',
  props: { calm: Boolean },
  setup(props, { slots }) {
    const instance = getCurrentInstance()!
    const state = useTransitionState()
    const during = (name: string, time: number) => (el: Element, done: () => void) => {
      el.classList.add(name)
      setTimeout(done, time)
    }
    const without = (name: string) => (el: Element) => el.classList.remove(name)
    const fade = {
      onEnter: during('fades-in', COMES),
      onAfterEnter: without('fades-in'),
      onEnterCancelled: without('fades-in'),
      onLeave: during('fades-out', GOES),
      onLeaveCancelled: without('fades-out'),
    }
    return () => {
      const children = getTransitionRawChildren(slots.default?.() ?? [])
      if (!props.calm) {
        for (const child of children)
          setTransitionHooks(child, resolveTransitionHooks(child, fade as Parameters<typeof resolveTransitionHooks>[1], state, instance))
      }
      return h(Fragment, null, children)
    }
  },
})
