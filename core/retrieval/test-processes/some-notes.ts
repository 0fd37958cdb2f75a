import { hash } from 'node:crypto'
import type { IndexDocument } from '../document.ts'

const subjects = 'boiler roof garden bread soup bicycle train novel guitar budget'.split(' ')

/** Notes that share a template's line, and link to each other. The same every time. */
export const someNotes = (count = 120): IndexDocument[] =>
  Array.from({ length: count }, (_, index) => {
    const subject = subjects[index % subjects.length] ?? ''
    const texts = [
      `${subject} number ${index}\nCreated with the template`,
      `More on the ${subject}, part ${index}`
    ]
    return {
      path: `notes/${index}.md`,
      kind: 'markdown',
      title: `${subject} ${index}`,
      aliases: [],
      tags: [subject],
      properties: {},
      createdAt: null,
      modifiedAt: index,
      bytes: 80,
      hash: hash('sha256', texts.join('\n'), 'buffer'),
      chunks: texts.map((text, part) => ({
        headings: part > 0 ? ['More'] : [],
        text,
        start: part * 100,
        end: part * 100 + text.length,
        page: null
      })),
      links: [
        { target: `${(index * 7) % count}`, subpath: null, label: null, embed: false, line: 'see', start: 0 }
      ]
    }
  })
