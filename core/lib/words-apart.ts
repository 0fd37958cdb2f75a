/** Scripts that are written without spaces: each character counts as a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const outsideLatin = /[\u0e00-\uffff]/

/** A text as it goes into an index of words: words apart from each other, in every script. */
export const wordsApart = (text: string): string =>
  outsideLatin.test(text) ? text.replace(unspaced, ' $& ') : text
