import { expect, it } from 'vitest'
import { unfinishedWords } from './unfinished-words.ts'

const source = (name: string, state: 'ready' | 'indexing' | 'waiting') => ({ name, state, progress: null })

it('names the sources that are not indexed yet, in their order', () => {
  expect(unfinishedWords([source('Home', 'ready')])).toBeNull()
  expect(unfinishedWords([source('Home', 'indexing'), source('Work', 'ready')])).toMatch(/^Home is still/)
  const three = [source('Home', 'indexing'), source('Work', 'waiting'), source('Papers', 'indexing')]
  expect(unfinishedWords(three)).toMatch(/^Home, Work and Papers are still/)
})
