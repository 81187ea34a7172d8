// Whether letters that are typed go into something that is written.

/** input types that take no letters */
const NO_LETTERS = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

/** Whether letters go somewhere already. */
export const takesLetters = (at: Element | null): boolean => at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement || (at instanceof HTMLInputElement && !NO_LETTERS.has(at.type)) || (at instanceof HTMLElement && at.isContentEditable)
