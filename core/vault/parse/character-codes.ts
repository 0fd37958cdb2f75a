export const isBlankCode = (code: number): boolean => code === 32 || code === 9 || code === 10
export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
export const isWord = (code: number): boolean =>
  isLetter(code) || (code >= 48 && code <= 57) || code === 95 || code > 191
export const isPunctuation = (code: number): boolean =>
  (code > 32 && code < 48) ||
  (code > 57 && code < 65) ||
  (code > 90 && code < 97) ||
  (code > 122 && code < 127)
export const isTagBoundary = (code: number): boolean =>
  isBlankCode(code) || code === 40 || code === 44 || code === 124
/** Letters of every script, digits, `_`, `-` and `/`; neither spaces nor Unicode's general punctuation. */
export const isTagCode = (code: number): boolean =>
  code < 128
    ? isLetter(code) || (code >= 45 && code <= 57 && code !== 46) || code === 95
    : code > 0xa0 && (code < 0x2000 || code > 0x206f) && code !== 0x3000
