// One small value shown alike in the presenter's and the audience's window of one browser.
import type { Ref } from 'vue'
import type { Seat } from './slidev.ts'
import { channelName } from './slidev.ts'
import { onMounted, onUnmounted, ref, watch } from 'vue'

interface Message { key: string, rev: number, by: string, value?: unknown, ask?: true }

/**
 * A ref whose changes reach every live copy with the same key in this browser. The last change wins, and of two made
 * at once the same one everywhere; a window that opens later asks for the value. Copies that are not live (overview, preview, print) neither send nor answer.
 * @param key names the value, one for each thing on a slide
 * @param initial a value that can be cloned
 */
export function useShared<T>(key: string, initial: T, seat: Seat): Ref<T> {
  const state = ref(initial) as Ref<T>
  if (seat.print || typeof BroadcastChannel === 'undefined')
    return state
  const me: string = crypto.randomUUID?.() ?? String(performance.now())
  let rev = 0
  let by = me
  let receiving = false
  let channel: BroadcastChannel | undefined

  const send = (message: Message) => channel?.postMessage(JSON.parse(JSON.stringify(message)))
  watch(state, (value) => {
    if (receiving || !seat.live.value)
      return
    rev += 1
    by = me
    send({ key, rev, by, value })
  }, { deep: true, flush: 'sync' })

  onMounted(() => {
    channel = new BroadcastChannel(channelName())
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.key !== key)
        return
      if (data.ask) {
        if (rev > 0 && seat.live.value)
          send({ key, rev, by, value: state.value })
        return
      }
      if (data.rev < rev || (data.rev === rev && data.by <= by))
        return
      rev = data.rev
      by = data.by
      receiving = true
      state.value = data.value as T
      receiving = false
    }
    send({ key, rev: 0, by: me, ask: true })
  })
  onUnmounted(() => channel?.close())
  return state
}
