/**
 * Words that stand for each other in a question, whatever stands around them. The first speaks for all. A word that says
 * something else in any usual question is no member: who picks a lock does not choose one.
 */
const synonyms: readonly (readonly string[])[] = [
  ['begin', 'start'],
  ['biggest', 'largest'],
  ['bike', 'bicycle'],
  ['buy', 'purchase'],
  ['calculate', 'compute'],
  ['car', 'automobile'],
  ['child', 'kid'],
  ['children', 'kids'],
  ['choose', 'select'],
  ['create', 'generate'],
  ['database', 'db'],
  ['delete', 'remove'],
  ['directory', 'folder'],
  ['directories', 'folders'],
  ['documentation', 'docs'],
  ['doctor', 'physician'],
  ['email', 'e-mail'],
  ['exit', 'quit'],
  ['fastest', 'quickest'],
  ['film', 'movie'],
  ['films', 'movies'],
  ['fix', 'repair', 'mend'],
  ['help', 'assist'],
  ['information', 'info'],
  ['javascript', 'js'],
  ['kilometers', 'km', 'kilometres', 'kms'],
  ['kilograms', 'kg', 'kilogrammes', 'kgs'],
  ['merge', 'combine'],
  ['photo', 'picture'],
  ['photos', 'pictures'],
  ['repository', 'repo'],
  ['television', 'tv'],
  ['website', 'web-site'],
  ['what', 'which'],
  // the same word in British English
  ['analyze', 'analyse'],
  ['behavior', 'behaviour'],
  ['center', 'centre'],
  ['color', 'colour'],
  ['colors', 'colours'],
  ['favorite', 'favourite'],
  ['license', 'licence'],
  ['meter', 'metre'],
  ['meters', 'metres'],
  ['neighbor', 'neighbour'],
  ['organize', 'organise'],
  ['theater', 'theatre'],
  ['tire', 'tyre'],
  // numbers; "one" says other things as well
  ['2', 'two'],
  ['3', 'three'],
  ['4', 'four'],
  ['5', 'five'],
  ['6', 'six'],
  ['7', 'seven'],
  ['8', 'eight'],
  ['9', 'nine'],
  ['10', 'ten'],
  ['11', 'eleven'],
  ['12', 'twelve']
]

const speakers = new Map(synonyms.flatMap(([first = '', ...others]) => others.map((word) => [word, first])))

/** The word that speaks for a word. */
export const speakerOf = (word: string): string => speakers.get(word) ?? word

export const articles: ReadonlySet<string> = new Set(['a', 'an', 'the'])

/** A run of words ends at one of these. */
export const boundaries: ReadonlySet<string> = new Set(
  (
    'about above after against and are as at be before below between but by can did do does during for from had has ' +
    'have how if in into is not of off on or over since than that then through to under until was were what when ' +
    'where who whose why will with within without'
  ).split(' ')
)

/** Says nothing by itself: a question needs two words of another kind to be told from others. */
export const empty: ReadonlySet<string> = new Set([
  ...boundaries,
  ...(
    'again all also another any around could each every explain few get give go he her here hers him his i it its just ' +
    'keep like list make many mean means me meaning more most much must my next no one ones other our out same say she ' +
    'should show so some such tell their them there these they thing things this those too up us use want way we work ' +
    'would you your'
  ).split(' ')
])

/**
 * One of these is in nearly every English question, and in hardly one of another language. "A" and letter case, which say
 * nothing here, tell questions apart in Spanish and German.
 */
export const english: ReadonlySet<string> = new Set(
  (
    'and are calculate can compare convert could create does explain find fix for generate give have how is list make of ' +
    'recommend show suggest summarize tell the to translate what when where which who why with would write'
  ).split(' ')
)

/** In capitals these are names or abbreviations, and otherwise everyday words: upper and lower case stay apart. */
export const namesInCapitals: ReadonlySet<string> = new Set([
  ...'abcdefghjklmnopqrstuvwxyz',
  ...'am an and are as at be do go he id in is it me no of on or pm so the to up us who will'.split(' ')
])
