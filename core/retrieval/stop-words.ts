/** Words that say nothing of what a question is about. */
const stopWords = new Set(
  (
    'a about all also am an and any are as at be been being but by can could did do does doing for from had has have ' +
    'having he her here hers him his how i if in into is it its just may me might my myself no nor not of off on or our ' +
    'ours shall she should so some such than that the their theirs them then there these they this those to too us very ' +
    'was we were what when where which while who whom whose why will with would you your yours s t d ll m re ve don'
  ).split(' ')
)

export const isStopWord = (word: string): boolean => stopWords.has(word.toLowerCase())
