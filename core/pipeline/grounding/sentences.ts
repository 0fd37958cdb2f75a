const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Begins a part of a sentence that can be true by itself. */
const conjunctions =
  'and but however otherwise instead while whereas although though because if unless when that which who ' +
  'und aber sondern weil während obwohl wenn dass mais parce quand pero sino porque cuando'
const boundary = new RegExp(`[;:–—]\\s|,\\s|\\b(?=(?:${conjunctions.replaceAll(' ', '|')})\\b)`, 'iu')

/** Sentences of a text; a line is never part of two. */
export const sentencesOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))

/** The parts of a sentence that can be denied one without the other. */
export const clausesOf = (sentence: string): string[] =>
  sentence.split(boundary).filter((clause) => /[\p{L}\p{N}]/u.test(clause))

/** Whether it goes on about what the sentence before it was about. */
export const beginsWithPronoun = (sentence: string): boolean =>
  /^\W*(?:it|its|he|his|she|her|they|their|this|these|er|sie|es|il|elle|ils|elles)\b/i.test(sentence)
