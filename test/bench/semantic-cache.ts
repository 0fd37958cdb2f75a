// How often the cache takes a question in other words for the one it knows, and how often another question:
//   npm run bench:semantic-cache [-- --threshold 0.6] [--misses]
// Pairs of questions are in semantic-cache/*.tsv (kind, one, other); every second line was held out from tuning, and those
// of the kind `later` were written when it was over. The first of a pair is kept with its answer, the second asked, through
// the product's own cache, database and embedding thread. `--misses` lists to stderr what was not found or found wrongly, of
// the lines that were not held out. The last line printed is JSON. The bar is no false hit at the default threshold.
// `byNearnessAlone`: what comparing vectors would do without comparing words, at the same threshold.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type AnswerCache, openAnswerCache } from '../../core/cache/answer-cache.ts'
import { createQuestionEmbedder, type QuestionEmbedder } from '../../core/cache/question-embedder.ts'
import { DEFAULT_SIMILARITY } from '../../core/contract/settings.ts'
import { silentLogger } from '../../core/lib/logger.ts'
import { openStore } from '../../core/store/open-store.ts'

const { values } = parseArgs({
  options: {
    threshold: { type: 'string', default: String(DEFAULT_SIMILARITY) },
    misses: { type: 'boolean', default: false }
  }
})
const threshold = Number(values.threshold)

interface Pair {
  kind: string
  one: string
  other: string
  isHeldOut: boolean
}
interface Asked extends Pair {
  isHit: boolean
  /** Cosine of the two. */
  nearness: number
}

const readPairs = (name: string): Pair[] =>
  readFileSync(new URL(`semantic-cache/${name}.tsv`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const [kind = '', one = '', other = ''] = line.split('\t')
      return { kind, one, other, isHeldOut: kind === 'later' || index % 2 === 1 }
    })

const answer = { model: 'bench/model', mode: 'plain', isWire: false, warnings: [], events: [] }

/** Keeps the first of each pair under a partition of its own, then asks the second. */
async function askPairs(
  pairs: readonly Pair[],
  cache: AnswerCache,
  embedder: QuestionEmbedder,
  written: () => Promise<unknown>
): Promise<Asked[]> {
  for (const [at, { kind, one }] of pairs.entries())
    cache.keep(`${kind} ${at}`, answer, { text: one, partition: `${kind} ${at}`, traceId: String(at) })
  await written()
  const asked: Asked[] = []
  for (const [at, pair] of pairs.entries()) {
    const found = await cache.findSimilar({ text: pair.other, partition: `${pair.kind} ${at}` }, threshold)
    const [one, other] = await embedder.embed([pair.one, pair.other])
    const nearness = one?.reduce((sum, value, place) => sum + value * (other?.[place] ?? 0), 0) ?? 0
    asked.push({ ...pair, isHit: found !== null, nearness })
  }
  return asked
}

const hitsOf = (asked: readonly Asked[]): number => asked.filter(({ isHit }) => isHit).length
const nearOf = (asked: readonly Asked[]): number =>
  asked.filter(({ nearness }) => nearness >= threshold).length

const folder = mkdtempSync(path.join(tmpdir(), 'homeport-bench-'))
const store = await openStore({ dataDir: folder, logger: silentLogger })
const embedder = createQuestionEmbedder()
try {
  const settings = { enabled: true, ttlSeconds: 3600, maxMegabytes: 100 }
  const cache = openAnswerCache({
    store,
    settings: () => settings,
    embed: embedder.embed,
    logger: silentLogger
  })
  // writes take effect in order
  const written = () => store.write('traces', [], 'soon')
  const same = await askPairs(readPairs('paraphrases'), cache, embedder, written)
  const other = await askPairs(readPairs('near-misses'), cache, embedder, written)

  if (values.misses) {
    const wrong = [...same.filter(({ isHit }) => !isHit), ...other.filter(({ isHit }) => isHit)]
    for (const { kind, one, other, isHeldOut } of wrong)
      if (!isHeldOut) process.stderr.write(`${kind}: ${one} | ${other}\n`)
  }
  const kinds = Object.entries(Object.groupBy(other, ({ kind }) => kind))
  const heldOut = {
    paraphrases: same.filter(({ isHeldOut }) => isHeldOut),
    nearMisses: other.filter(({ isHeldOut }) => isHeldOut)
  }
  const figures = {
    threshold,
    paraphrases: same.length,
    hits: hitsOf(same),
    nearMisses: other.length,
    falseHits: hitsOf(other),
    falseHitsByKind: Object.fromEntries(kinds.map(([kind, list = []]) => [kind, hitsOf(list)])),
    heldOut: {
      paraphrases: heldOut.paraphrases.length,
      hits: hitsOf(heldOut.paraphrases),
      nearMisses: heldOut.nearMisses.length,
      falseHits: hitsOf(heldOut.nearMisses)
    },
    byNearnessAlone: { hits: nearOf(same), falseHits: nearOf(other) }
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
} finally {
  await embedder.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}
