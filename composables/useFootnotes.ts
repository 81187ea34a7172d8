// Words explained on a slide become footnotes on paper: the layout collects what its terms hand in.
import type { InjectionKey, Ref } from 'vue'
import type { Word } from '../data/glossary.ts'
import { inject, provide, shallowRef } from 'vue'

const key: InjectionKey<Ref<readonly Word[]>> = Symbol('footnotes')

/** Called by a layout: opens an empty list for its slide. */
export function provideFootnotes(): void {
  provide(key, shallowRef<readonly Word[]>([]))
}

/**
 * The slide's footnotes, and a way to add one.
 * @returns `add` gives the word's number on this slide, from 1; the same word keeps its number
 */
export function useFootnotes(): { list: Ref<readonly Word[]>, add: (word: Word) => number } {
  const list = inject(key, shallowRef<readonly Word[]>([]))
  return {
    list,
    add(word) {
      const at = list.value.findIndex(w => w.id === word.id)
      if (at >= 0)
        return at + 1
      list.value = [...list.value, word]
      return list.value.length
    },
  }
}
