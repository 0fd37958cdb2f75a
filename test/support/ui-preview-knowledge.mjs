// What the preview's Knowledge knows: a vault, a folder on its way and one that is gone; notes, hits, a report.
import { day, hour, minute, now } from './ui-preview-values.mjs'

const source = (id, name, extra = {}) => ({
  id,
  name,
  kind: 'vault',
  folder: `/home/ada/${name}`,
  embedder: 'built-in',
  excludes: [],
  paused: false,
  createdAt: now - 40 * day,
  state: 'ready',
  problem: null,
  progress: null,
  documents: 6591,
  chunks: 30_977,
  chunksWithoutVector: 0,
  failures: 0,
  indexBytes: 36_204_000,
  lastChangeAt: now - 12 * minute,
  completeAt: now - 12 * minute,
  ...extra
})

const sources = () => [
  source('home', 'Home', { excludes: ['Archive/', '*.draft.md'], failures: 3 }),
  source('papers', 'Papers', {
    kind: 'folder',
    folder: '/media/disk/Papers and manuals, scanned and otherwise',
    state: 'indexing',
    embedder: 'openai/text-embedding-3-small',
    documents: 412,
    chunks: 9120,
    chunksWithoutVector: 6034,
    indexBytes: 12_400_000,
    completeAt: null,
    progress: { step: 'embedding', done: 3086, total: 9120, perSecond: 214, secondsLeft: 28 }
  }),
  source('work-notes', 'Work notes', {
    kind: 'folder',
    state: 'missing',
    problem:
      'The folder is not there now. What was indexed still answers; it is compared again when it is back.',
    documents: 233,
    chunks: 1204,
    indexBytes: 1_800_000,
    lastChangeAt: now - 9 * day,
    completeAt: now - 2 * day
  })
]

const lead = `---
tags: [house, heating]
aliases: [Heat pumps]
status: deciding
budget: 15000
visited: [[People/Grace Hopper|Grace]], [[Aerlo]]
---
# Heat pump offers

Three offers came in. See [[House plan]] for the radiators and [[Floor heating#Living room|the living room]].

`
const passageText = `## Running costs

At **50 °C** flow the *Nordvent 9* keeps a seasonal factor of 3.6, the Aerlo Compact only 2.6. Over ten years that is about €3,600 of power.

| Offer | Installed | Power, 10 y |
|---|--:|--:|
| Nordvent 9 | €14,900 | €9,200 |
| Aerlo Compact | €12,700 | €12,800 |
| Brisa 8S | €13,950 | €12,300 |
`
const rest = `
> [!warning] Not in the Aerlo quote
> Hydraulic balancing. %% ask again %%

## Noise

The Brisa is the loudest: 58 dB at the neighbour's fence ([[Noise rules]]). Measured like this:

\`\`\`python
level = 58 - 20 * log10(distance)  # [[not a link]] here
\`\`\`

- [x] Ask Aerlo about balancing
- [ ] Measure the boiler room ^boiler

![[boiler room.png]] and [the manual](Papers/Nordvent.pdf)
`
const noteText = lead + passageText + rest
const bytes = (text) => new TextEncoder().encode(text).length

const passage = (extra) => ({
  sourceId: 'home',
  path: 'House/Heat pump offers.md',
  kind: 'markdown',
  title: 'Heat pump offers',
  headings: ['Running costs'],
  text: passageText,
  start: bytes(lead),
  end: bytes(lead + passageText),
  page: null,
  tags: ['house', 'heating'],
  modifiedAt: now - 3 * hour,
  obsidianUrl: 'obsidian://open?vault=Home&file=House%2FHeat%20pump%20offers%23Running%20costs',
  ...extra
})

const passages = [
  passage(),
  passage({
    path: 'House/House plan.md',
    title: 'House plan',
    headings: ['Heating', 'Radiators'],
    text: 'The old radiators need a flow of 50 °C on the coldest days. With a heat pump two of them, kitchen and bath, should become larger.',
    modifiedAt: now - 6 * day
  }),
  passage({
    sourceId: 'papers',
    path: 'Nordvent/Nordvent 9 installation manual, second edition.pdf',
    kind: 'pdf',
    title: 'Nordvent 9 installation manual, second edition',
    headings: [],
    page: 14,
    text: 'Seasonal performance of the heat pump at a flow temperature of 35 °C is 4.8 and at 55 °C 3.3 under the climate “average” of EN 14825.',
    tags: [],
    modifiedAt: now - 80 * day,
    obsidianUrl: null
  }),
  passage({
    path: 'Journal/2026-03-14.md',
    title: '2026-03-14',
    headings: ['Evening'],
    text: 'Talked with Grace about floor heating in the living room. If we do it, the Brisa heat pump would be the better one.',
    modifiedAt: now - 250 * day
  }),
  passage({
    path: 'House/Boiler room.canvas',
    kind: 'canvas',
    title: 'Boiler room',
    headings: [],
    text: 'Heat pump, indoor unit. Buffer tank 100 l. Keep the stairs free.',
    modifiedAt: now - 30 * day
  })
]

const why = (words, meaning, links, recency, matchedWords) => ({
  words,
  meaning,
  links,
  recency,
  reranker: null,
  bm25: words * 18,
  cosine: meaning * 1.6,
  matchedWords
})
const reasons = [
  why(0.55, 0.42, 0.06, 0.02, ['heat', 'pump']),
  why(0.41, 0.37, 0.06, 0, ['heat', 'pump']),
  why(0.44, 0.31, 0, 0, ['heat', 'pump']),
  why(0.28, 0.26, 0, 0, ['heat', 'pump']),
  why(0.3, 0.12, 0.02, 0, ['heat', 'pump'])
]

function marksIn(text, words) {
  const wanted = words.filter((word) => word.length > 1)
  if (wanted.length === 0) return []
  const pattern = new RegExp(wanted.map((word) => word.replace(/\W/g, '\\$&')).join('|'), 'gi')
  return [...text.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length])
}

function search(query) {
  const q = query.get('q')
  const words = q.split(/\s+/)
  const kind = query.get('kind')
  const nothing = /zebra/i.test(q)
  const hits = passages
    .filter((one) => kind === null || one.kind === kind)
    .map((one, index) => ({
      ...one,
      highlights: marksIn(one.text, words),
      score: Object.values(reasons[index])
        .slice(0, 4)
        .reduce((sum, value) => sum + value, 0),
      why: reasons[index]
    }))
  return {
    hits: nothing ? [] : hits,
    understood: { words, phrases: [], tags: [], paths: [], from: null, until: null, parts: [] },
    belowFloor: nothing,
    problems: [],
    tookMs: 6.4
  }
}

/** A chat whose answer cites notes; what it says by its third number is not in that passage. */
export function chatWithCitations() {
  const chatId = 'c-knowledge'
  const base = {
    chatId,
    reasoning: '',
    error: null,
    info: null,
    status: 'complete',
    createdAt: now - 2 * day
  }
  const question = {
    ...base,
    id: 'm-q',
    parentId: null,
    role: 'user',
    text: 'What will heating cost us a year?'
  }
  const text = `With the **Nordvent 9** about €920 a year, with the Aerlo Compact €1,280 [1]. Both hold only while the flow stays at 50 °C, which the old radiators need [2, 1].

- At 35 °C, as with floor heating, its seasonal factor would be 5.2 [3].
- Nothing in your notes says what the Brisa needs in summer. In the code of that note, \`level[1]\` is something else.`
  const number = (place, extra) => ({ ...passages[place], number: place + 1, ...extra })
  const answer = {
    ...base,
    id: 'm-a',
    parentId: 'm-q',
    role: 'assistant',
    text,
    citations: [
      number(0, { supported: true }),
      number(1, { supported: true }),
      number(2, {
        supported: false,
        unfounded: ['At 35 °C, as with floor heating, its seasonal factor would be 5.2.']
      }),
      number(3, { supported: null }),
      number(4, { supported: null })
    ],
    info: {
      model: 'homeport/search',
      traceId: null,
      firstTokenMs: 21,
      durationMs: 25,
      usage: null,
      cost: { kind: 'free' }
    }
  }
  return {
    id: chatId,
    title: 'What will heating cost us a year?',
    model: 'openai/gpt-5.2',
    knowledge: ['home/House', 'papers'],
    createdAt: now - 2 * day,
    updatedAt: now - 2 * day,
    running: false,
    activeLeafId: 'm-a',
    messages: [question, answer]
  }
}

const link = (path, title, line = '') => ({ sourceId: 'home', path, title, line })
const note = (source, path) => ({
  sourceId: source,
  path,
  kind: path.endsWith('.pdf') ? 'pdf' : 'markdown',
  title:
    path
      .split('/')
      .at(-1)
      .replace(/\.\w+$/, '') ?? path,
  aliases: ['Heat pumps'],
  tags: ['house', 'heating'],
  properties: {
    status: 'deciding',
    budget: 15_000,
    visited: ['[[People/Grace Hopper|Grace]]', '[[Aerlo]]'],
    tags: ['house', 'heating']
  },
  headings: [{ text: 'Running costs', level: 2, start: bytes(lead) }],
  text: noteText,
  truncated: false,
  modifiedAt: now - 3 * hour,
  bytes: bytes(noteText),
  obsidianUrl: 'obsidian://open?vault=Home&file=House%2FHeat%20pump%20offers',
  backlinks: [
    link('House/House plan.md', 'House plan', 'Which one is open: see [[Heat pump offers]].'),
    link('Journal/2026-03-14.md', '2026-03-14', 'Read through the [[Heat pump offers]] again.')
  ],
  links: [
    link('House/House plan.md', 'House plan'),
    link('House/Floor heating.md', 'Floor heating'),
    link('Papers/Nordvent.pdf', 'Nordvent')
  ],
  unresolved: ['Noise rules'],
  related: [
    { path: 'House/Insulation.md', title: 'Insulation of the north wall', score: 0.71 },
    { path: 'Money/Loans.md', title: 'Loans for renovation', score: 0.58 }
  ]
})

const around = [
  'House plan',
  'Floor heating',
  '2026-03-14',
  'Nordvent',
  'Insulation of the north wall',
  'Grace Hopper',
  'Aerlo'
]
const graph = (path, deep) => {
  const nodes = [
    { path, title: 'Heat pump offers', distance: 0, links: around.length },
    ...around.map((title, index) => ({ path: `${title}.md`, title, distance: 1, links: (index * 5) % 12 }))
  ]
  const edges = around.map((title) => ({ from: path, to: `${title}.md` }))
  edges.push({ from: 'House plan.md', to: 'Floor heating.md' })
  if (deep) {
    for (let index = 0; index < 16; index++) {
      nodes.push({ path: `far-${index}.md`, title: `Note ${index} further away`, distance: 2, links: 2 })
      edges.push({ from: `${around[index % around.length]}.md`, to: `far-${index}.md` })
    }
  }
  return { nodes, edges, truncated: false }
}

const file = (path, kind, status, reason, chunks, size) => ({
  path,
  kind,
  title: path.split('/').at(-1),
  status,
  reason,
  chunks,
  bytes: size,
  modifiedAt: now - (size % 90) * day
})
const files = [
  file('House/Boiler room.canvas', 'canvas', 'indexed', null, 4, 2211),
  file('House/Heat pump offers.md', 'markdown', 'indexed', null, 6, 4120),
  file('House/House plan.md', 'markdown', 'pending', null, 0, 9300),
  file('House/boiler room.png', 'attachment', 'indexed', null, 1, 2_480_031),
  file('Papers/Lease, signed.pdf', 'pdf', 'failed', 'It is protected by a password.', 0, 812_400),
  file('Papers/Scan 2019-04.pdf', 'pdf', 'failed', 'Its pages are pictures without text.', 0, 9_120_000),
  file('Templates/Daily.md', 'markdown', 'skipped', 'Left out by Obsidian’s settings.', 0, 310),
  ...Array.from({ length: 60 }, (_, index) =>
    file(`Zettel/${String(index).padStart(4, '0')} a thought.md`, 'markdown', 'indexed', null, 2, 900 + index)
  )
]

const report = {
  byKind: [
    { kind: 'markdown', documents: 6102, chunks: 28_410, bytes: 21_400_000 },
    { kind: 'pdf', documents: 96, chunks: 2301, bytes: 182_000_000 },
    { kind: 'canvas', documents: 31, chunks: 180, bytes: 402_000 },
    { kind: 'code', documents: 12, chunks: 86, bytes: 61_000 },
    { kind: 'attachment', documents: 350, chunks: 0, bytes: 911_000_000 }
  ],
  withoutText: 350,
  orphans: Array.from({ length: 23 }, (_, index) => ({
    path: `Zettel/${index}.md`,
    title: `A thought of its own, number ${index}`
  })),
  unresolvedLinks: [
    { target: 'Noise rules', from: ['House/Heat pump offers.md'] },
    { target: 'Onion soup', from: ['Food/Soups.md', 'Food/Menu.md', 'Journal/2026-01-02.md', 'Food/Leek.md'] }
  ],
  duplicates: [
    { paths: ['House/Insurance.md', 'Money/Insurance 2025 (copy).md'], likeness: 1, kind: 'same' },
    { paths: ['Food/Leek soup.md', 'Food/Leek soup, quick.md'], likeness: 0.93, kind: 'similar' }
  ],
  stale: [
    { path: 'Money/Mortgage.md', title: 'Mortgage', modifiedAt: now - 900 * day, backlinks: 14 },
    { path: 'People/Landlord.md', title: 'Landlord', modifiedAt: now - 1200 * day, backlinks: 1 }
  ],
  boilerplate: [{ text: '## Today · - [ ] Water the plants · Mood: · Weather:', documents: 812 }]
}

const embedders = [
  { id: 'built-in', name: 'Built in', place: 'built-in', dimensions: 256 },
  { id: 'on-device/nomic-embed-text-v1.5-f16', name: 'Nomic Embed 1.5', place: 'on-device', dimensions: 768 },
  {
    id: 'openai/text-embedding-3-small',
    name: 'OpenAI text-embedding-3-small',
    place: 'provider',
    dimensions: 1536
  }
]

/** The routes of Knowledge. `fail` throws an answer with a status. */
export function createKnowledge({ empty, publish, fail }) {
  let all = empty ? [] : sources()
  const replace = (id, patch) => {
    all = all.map((one) => (one.id === id ? { ...one, ...patch } : one))
    publish({ type: 'knowledge-changed' })
    return all.find((one) => one.id === id)
  }
  return {
    'GET /app/search': ({ query }) => search(query),
    'GET /app/knowledge/sources': () => ({ sources: all }),
    'POST /app/knowledge/sources': ({ body }) => {
      const name = body.folder.split('/').at(-1)
      if (name === 'nowhere') fail(400, 'There is no such folder.', 'Check the path.')
      const progress = { step: 'reading', done: 1204, total: 6591, perSecond: 2100, secondsLeft: 3 }
      const made = source(name.toLowerCase().replace(/\W+/g, '-'), name, {
        folder: body.folder,
        embedder: body.embedder ?? 'built-in',
        state: 'indexing',
        progress,
        documents: 1204,
        chunks: 5100
      })
      all = [...all, made]
      return made
    },
    'PATCH /app/knowledge/sources/:id': ({ id, body }) =>
      replace(id, { ...body, ...(body.paused !== undefined && { state: body.paused ? 'paused' : 'ready' }) }),
    'DELETE /app/knowledge/sources/:id': ({ id }) => {
      all = all.filter((one) => one.id !== id)
      return { ok: true }
    },
    'POST /app/knowledge/sources/:id/rescan': ({ id }) => replace(id, {}),
    'GET /app/knowledge/sources/:id/files': ({ query }) => {
      const [status, words = ''] = [query.get('status'), query.get('search')?.toLowerCase()]
      const from = files.findIndex(({ path }) => path === query.get('after')) + 1
      const found = files.filter(
        (one) => (status === null || one.status === status) && one.path.toLowerCase().includes(words)
      )
      const page = found.slice(from, from + 40)
      return { files: page, next: from + 40 < found.length ? page.at(-1).path : null }
    },
    'GET /app/knowledge/sources/:id/parts': ({ query }) => {
      const letters = (query.get('search') ?? '').toLowerCase()
      const folders = [...new Set(files.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))]
      return {
        folders: folders
          .filter((path) => path !== '' && path.toLowerCase().includes(letters))
          .map((path) => ({ path, documents: 3 })),
        tags: ['heating', 'house/offers', 'recipe']
          .filter((tag) => tag.includes(letters))
          .map((tag) => ({ tag, documents: 4 }))
      }
    },
    'GET /app/knowledge/sources/:id/report': () => report,
    'GET /app/knowledge/estimate': ({ query }) => {
      if (query.get('folder').endsWith('nowhere')) fail(400, 'There is no such folder.', 'Check the path.')
      const paid = query.get('embedder').startsWith('openai')
      return {
        kind: 'vault',
        files: 6591,
        bytes: 21_400_000,
        tokens: 5_350_000,
        cost: paid ? { kind: 'priced', nanoUsd: 107_000_000, source: 'models.dev' } : { kind: 'free' }
      }
    },
    'GET /app/knowledge/embedders': () => ({ embedders }),
    'GET /app/knowledge/found-vaults': () => ({
      vaults: [
        { name: 'Garden', folder: '/home/ada/Documents/Garden' },
        { name: 'Second brain', folder: '/home/ada/Second brain' }
      ]
    }),
    'GET /app/knowledge/note': ({ query }) =>
      query.get('path').includes('gone')
        ? fail(404, 'This note is not indexed.', 'It may have been moved or deleted.')
        : note(query.get('source'), query.get('path')),
    'GET /app/knowledge/graph': ({ query }) => graph(query.get('path'), query.get('depth') === '2'),
    'POST /app/knowledge/notes': ({ body }) =>
      body.name === 'taken'
        ? fail(409, 'There is a note of this name already. It was not touched.', 'Choose another name.')
        : {
            sourceId: body.sourceId,
            path: `${body.folder}/${body.name}.md`,
            obsidianUrl: 'obsidian://open?vault=Home&file=a'
          }
  }
}
