import { describe, expect, test } from 'vitest'
import { canonicalQuestion } from './canonical-question.ts'

describe('asks the same', () => {
  test.each([
    ['whatever case and punctuation', 'What is the capital of France?', 'what is the capital of france'],
    [
      'however politely',
      'Hi! Could you please tell me the price of gold? Thanks!',
      'What is the price of gold?'
    ],
    ['with contractions', "What's the capital of France", 'What is the capital of France?'],
    ['with an owner before or after', "What is Canada's population?", 'What is the population of Canada?'],
    ['how to do something', 'How can I reset my password?', 'how to reset my password'],
    ['with words that stand for each other', 'How do I delete a directory?', 'How do I remove a folder?'],
    [
      'with where at either end',
      'In Python, how do I reverse a string?',
      'How do I reverse a string in Python?'
    ],
    ['how something works', 'Explain how a car engine works', 'How does a car engine work?'],
    ['what something means', "What does 'laconic' mean?", "What is the meaning of 'laconic'?"],
    ['with numbers in words', 'Give me three ideas for dinner', 'Give me 3 ideas for dinner'],
    ['in whatever quotation marks', 'Translate “good night” into Dutch', 'Translate "good night" to Dutch'],
    ['with a negation in full', "Which foods don't contain gluten?", 'Which foods do not contain gluten?']
  ])('%s', (_, one, other) => {
    expect(canonicalQuestion(one)).not.toBeNull()
    expect(canonicalQuestion(one)).toBe(canonicalQuestion(other))
  })
})

describe('asks something else', () => {
  test.each([
    ['a negation', 'Which foods contain gluten?', "Which foods don't contain gluten?"],
    ['a number', 'Who won the World Cup in 2014?', 'Who won the World Cup in 2018?'],
    ['a sign', 'Is 3 within the limit?', 'Is -3 within the limit?'],
    ['where brackets stand', 'What is (2 + 3) * 4?', 'What is 2 + (3 * 4)?'],
    ['an exclamation mark behind a number', 'What is 5! divided by 3?', 'What is 5 divided by 3?'],
    ['a name', 'How do I sort an array in Java?', 'How do I sort an array in JavaScript?'],
    ['a sign in a name', 'What is C# used for in games?', 'What is C++ used for in games?'],
    ['the case of code', 'What does fooBar return here?', 'What does foobar return here?'],
    ['an abbreviation', 'Which laws protect US citizens?', 'Which laws protect us citizens?'],
    ['who does what to whom', 'Does stress cause insomnia?', 'Does insomnia cause stress?'],
    ['from where to where', 'Trains from Rome to Pisa tomorrow', 'Trains to Rome from Pisa tomorrow'],
    ['who owns what', 'Who is the king of the brother of Spain?', 'Who is the brother of the king of Spain?'],
    ['which one is meant', 'Is the nearest bank open?', 'Is a nearest bank open?'],
    ['a letter that is a name', 'Is vitamin A good for eyes?', 'Is vitamin good for eyes?'],
    ['the case of a letter', 'What is the slope of X over x?', 'What is the slope of x over X?'],
    ['a preposition', 'What is in the red box?', 'What is on the red box?'],
    ['the time', 'Who is the president of Mexico?', 'Who was the president of Mexico?'],
    ['whether it may or should', 'Can I take aspirin with wine?', 'Should I take aspirin with wine?'],
    ['what is asked of somebody', 'Could you eat raw eggs?', 'Would you eat raw eggs?'],
    ['few or a few', 'Which cities have few parks?', 'Which cities have a few parks?'],
    ['who owns whom', "Who is the king of Spain's brother?", 'Who is the king of the brother of Spain?'],
    ['the letter case of a quotation', 'Who wrote "polish" here?', 'Who wrote "Polish" here?'],
    ['what a colon announces', 'Fix the grammar: he say "a"', 'Fix the grammar: he say "b"'],
    ['an article in it', 'Translate to German: the cat', 'Translate to German: a cat'],
    ['what is to be done', 'How do I pick a good lock?', 'How do I choose a good lock?']
  ])('by %s', (_, one, other) => {
    expect(canonicalQuestion(one)).not.toBeNull()
    expect(canonicalQuestion(one)).not.toBe(canonicalQuestion(other))
  })
})

test.each([
  ['only refers to something', 'Why is it like that?'],
  ['asks for more', 'Tell me more about this one, please.'],
  ['has one word of its own', 'What is the time?'],
  ['has several lines', 'Fix this function:\nreturn a + b'],
  ['is long', `Summarize this ${'very long '.repeat(80)}text`],
  ['is empty', '  ?  '],
  ['is Spanish, where "a" says who loves whom', 'Quien ama a Maria Lopez?'],
  ['is German, where letter case says who is meant', 'Wo wohnen Sie in Berlin jetzt?']
])('has no form where it %s', (_, text) => {
  expect(canonicalQuestion(text)).toBeNull()
})
