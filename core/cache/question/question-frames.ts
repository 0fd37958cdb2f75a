/** A way to ask that says nothing of what is asked, and what stands in its place. Words are in lower case. */
export type Frame = readonly [RegExp, string]

const requests =
  'calculate|check|compare|convert|correct|create|define|describe|draft|draw|explain|find|fix|generate|give|help|list|' +
  'make|name|provide|recommend|rewrite|show|suggest|summarize|tell|translate|write'
const questionWord = 'how|what|when|where|which|who|why'
/** Who asks how something looks to others does not ask how to do it. */
const howTo = '(?!be |feel |have |know |look |seem |sound )'

/** Shortened forms, whole. */
export const contractions: readonly Frame[] = [
  [/\b(?:can't|cant|cannot)\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\bshan't\b/g, 'shall not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)n'?t\b/g, '$1 not'],
  [new RegExp(`\\b(${questionWord}|it|that|there|here)'s\\b`, 'g'), '$1 is'],
  [/\bwhats\b/g, 'what is'],
  [/\b(what|who|where|when|why|how|you|we|they)'re\b/g, '$1 are'],
  [/\bi'm\b/g, 'i am'],
  [/\b(i|you|he|she|it|we|they)'ll\b/g, '$1 will'],
  [/\b(i|you|he|she|it|we|they)'d\b/g, '$1 would'],
  [/\b(i|you|we|they)'ve\b/g, '$1 have']
]

/** Words that belong together. */
export const phrases: readonly Frame[] = [
  [/\bget rid of\b/g, 'delete'],
  [/\b(?:sign|log) in\b(?=$| to\b)/g, 'login'],
  [/\b(?:sign|log) out\b/g, 'logout'],
  [/\bset up\b/g, 'setup'],
  [/\b(?:the )?united states(?: of america)?\b/g, 'usa'],
  [/\b(?:the )?united kingdom\b/g, 'uk'],
  [/\bcheck whether\b/g, 'check if'],
  [/\bmake (?=a new |new )/g, 'create '],
  // few is another thing than a few
  [/\ba (few|little)\b/g, 'a-$1']
]

/** At the beginning of a sentence, in this order; gone through again as long as one of them fits. */
export const openings: readonly Frame[] = [
  [/^(?:hi|hello|hey|ok|okay|please|kindly|thanks|thank you|thx|cheers)(?: |$)/, ''],
  [new RegExp(`^(?:can|could|would|will) you (?:(?:please|kindly) |(?=(?:${requests}) ))`), ''],
  [/^(?:i want|i need|i would (?:like|love)) (?:you )?to (?:know|understand|find out) /, ''],
  [/^(?:i want|i need|i would (?:like|love)) (?=an? |the )/, ''],
  [new RegExp(`^i (?:was|am) (?:just )?wondering (?=${questionWord})`), ''],
  [new RegExp(`^do you (?:happen to )?know (?=${questionWord})`), ''],
  // "explain how a motor works" asks how it does work
  [
    /^(?:explain|tell me|show me) how (?!do |does |to |many |much |long |far |often |old |tall |big )(.+[^s ])s$/,
    'how $1'
  ],
  [/^(?:tell|show|give) me /, ''],
  [/^explain (?:to me )?(?=how |why )/, ''],
  [/^how (?:do|can|would) (?:i|one|someone|somebody|you) say (⟦\d+⟧) in /, 'translate $1 to '],
  [new RegExp(`^how (?:do|does|can) (?:i|one|someone|somebody) ${howTo}`), 'how to '],
  [/^how (?:do|does|can|would) (?:i|one|someone|somebody) go about (?=\w+ing )/, 'how to go about '],
  [/^what (?:is|are) (?:the )?ways? to /, 'ways to '],
  [/^(?:is it possible to|is there (?:a|any) way to|am i able to) /, 'can i '],
  [/^what (?:do|does) (?:the (?:word|term) )?(.+) mean$/, 'define $1'],
  [/^(?:the )?meaning of (?:the (?:word|term) )?/, 'define '],
  [/^how much (?:do|does) (.+) cost$/, 'the price of $1'],
  // "what the price is" asks what is the price
  [/^what ((?:the|an?|my|your|our|his|her|their) .+) (?:is|are)$/, '$1'],
  [/^what are (?:some |a-few )?/, ''],
  [/^what is /, ''],
  [/^(?:recommend|suggest) (?:me )?(?:an? |some |a-few )/, ''],
  [/^in (?:what|which) year /, 'what year '],
  [/^(?:an? |the )?list of /, 'list '],
  [/^name (?=the |all |some |\d|two|three|four|five|ten)/, 'list '],
  [/^(write|create|generate|draw|find|send) me /, '$1 '],
  [/^compare (.+) with /, 'compare $1 and '],
  [/^(convert|translate|turn) (.+) into /, '$1 $2 to ']
]

/** At the end of a sentence. */
export const endings: readonly Frame[] = [
  [/(?:^| )(?:please|thanks|thank you|thx|cheers)$/, ''],
  [/^(where .+) located$/, '$1']
]

/** Forms of verbs that depend on nothing but who asks how. */
export const verbForms: readonly Frame[] = [
  [/\b(how|what|when|where|why) (?:do|does) (?!not\b)/g, '$1 '],
  [/\bway of (\w{2,}?)(\w)\2?ing\b/g, 'way to $1$2'],
  [/\bway to (\w{3,}?)e?\b/g, 'way to $1']
]
