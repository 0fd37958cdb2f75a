const identifier = /[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*/gu
/** Where one word of an identifier ends: `get|Last`, `HTML|Element`. */
const wordEnd = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u
const mayHoldOne = /[a-z][A-Z]/

/** Identifiers, with the words they are made of behind them: `getLastOpenFiles get Last Open Files`. */
export const identifierWords = (text: string): string =>
  mayHoldOne.test(text)
    ? text.replace(identifier, (whole) => `${whole} ${whole.split(wordEnd).join(' ')}`)
    : text
