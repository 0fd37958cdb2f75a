const words = new Set(
  // English, with words that deny what follows them
  (
    'not no never none nobody nothing nowhere neither without cannot hardly barely unable impossible forbidden prohibited ' +
    'banned fail fails failed refuse refuses refused lack lacks lacked ' +
    // German, French, Spanish, Italian, Portuguese, Dutch; "ne" and "n’" only accompany another
    'nicht nichts nie niemals niemand nirgends kein keine keinen keinem keiner keines ohne weder unmöglich verboten ' +
    'pas jamais rien aucun aucune sans impossible interdit nunca ningún ninguna nada sin jamás tampoco imposible prohibido ' +
    'non niente nessun nessuno nessuna senza não nem nenhum nenhuma sem niet geen nooit zonder'
  ).split(' ')
)

export const isNegation = (word: string): boolean => words.has(word)

/** Turns that hold such a word and deny nothing. */
const harmless =
  /\b(?:not (?:only|just|least)|no (?:later|earlier|sooner|more|less|fewer|longer than) than|no doubt|nicht nur|non seulement|no solo)\b|^\s*no[,.]\s|\bno\.?\s*\d/giu
const contraction = /n['’]t\b/gi

/** How often a clause denies something. */
export function negationsIn(clause: string): number {
  const left = clause.replace(harmless, ' ')
  const short = left.match(contraction)?.length ?? 0
  return (
    short +
    (
      left
        .replace(contraction, ' ')
        .toLowerCase()
        .match(/\p{L}+/gu) ?? []
    ).filter(isNegation).length
  )
}
