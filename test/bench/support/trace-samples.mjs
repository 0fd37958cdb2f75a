// Calls as a year of one person's programs makes them: single questions, and agents whose chats grow with every turn.

const MONTH_MS = 30 * 86_400_000
const models = [
  ['openai', 'gpt-4o'],
  ['openai', 'gpt-4o-mini'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['anthropic', 'claude-haiku-4-5'],
  ['google', 'gemini-2.5-pro'],
  ['mistral', 'mistral-large-latest'],
  ['device', 'qwen3-4b']
]
const apps = ['Editor', 'Terminal agent', 'Mail', 'Notebook', 'Chat']
const features = [null, 'summaries', 'code-review', 'search', 'triage']
const projects = [null, 'website', 'thesis', 'accounts']
const stageNames = ['settle', 'resolve', 'reasoning memory', 'budget', 'cache', 'route']
const AGENT_TURNS = 16

/** The same numbers in every run (mulberry32). */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const syllables =
  'ba be bi bo da de di do fa ga ka ke la le li lo ma mi mo na ne no pa pe ra ri ro sa se so ta ti to va'.split(
    ' '
  )

/** Words of which few are common and most are rare, as in any language. */
function vocabulary(random, size) {
  return Array.from({ length: size }, () =>
    Array.from(
      { length: 2 + Math.floor(random() * 3) },
      () => syllables[Math.floor(random() * syllables.length)]
    ).join('')
  )
}

/** Yields calls in the order of time until they have so many spans: `{ trace, entry, spans }`. */
export function* traceSamples(wantedSpans, { now, idOf }) {
  const random = randomOf(20_260)
  const words = vocabulary(random, 20_000)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const prose = (count) => {
    let text = ''
    for (let at = 0; at < count; at++) text += `${words[Math.floor(words.length ** random())]} `
    return text
  }
  const systemPrompts = apps.map(() => prose(700))
  const chats = []
  let given = 0
  let calls = 0
  while (given < wantedSpans) {
    const startedAt = Math.floor(now - 6 * MONTH_MS * (1 - given / wantedSpans))
    const isAgent = random() < 0.6
    const app = Math.floor(random() * apps.length)
    let chat = { app, messages: [{ role: 'system', content: systemPrompts[app] }], turns: 0, session: null }
    if (isAgent) {
      const at = Math.floor(random() * 8)
      if (chats[at] && chats[at].turns < AGENT_TURNS) chat = chats[at]
      else chats[at] = chat
      chat.session ??= `session-${calls}`
    }
    calls += 1
    chat.turns += 1
    const question = prose(isAgent ? 150 : 60)
    chat.messages.push({ role: 'user', content: question })
    const [providerId, model] = models[Math.floor(models.length * random() ** 2)]
    const answer = prose(80)
    const requestBody = JSON.stringify({ model: `${providerId}/${model}`, messages: chat.messages })
    chat.messages.push({ role: 'assistant', content: answer })
    const spans = spansOf(model, calls, random)
    given += spans.length
    const input = Math.round(requestBody.length / 4)
    const nanoUsd = providerId === 'device' ? 0 : input * 2500 + 110 * 10_000
    const failed = random() < 0.03
    yield {
      spans: spans.length,
      trace: {
        summary: {
          id: idOf(startedAt, calls),
          startedAt,
          durationMs: 500 + random() * 8000,
          firstTokenMs: 200 + random() * 900,
          status: failed ? 'error' : 'ok',
          app: apps[chat.app],
          dialect: 'openai-chat',
          model: `${providerId}/${model}`,
          providerId,
          providerModel: model,
          cache: null,
          savedNanoUsd: null,
          title: question.slice(0, 110),
          usage: {
            input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
            output: { total: 110, text: 110, reasoning: 0 }
          },
          cost: providerId === 'device' ? { kind: 'free' } : { kind: 'priced', nanoUsd, source: 'bench' },
          stream: true,
          errorMessage: failed ? 'The upstream answered 500.' : null,
          labels: {
            feature: pick(features),
            project: pick(projects),
            session: chat.session,
            tags: random() < 0.2 ? [pick(['prod', 'test', 'night'])] : []
          },
          score: null,
          source: 'gateway'
        },
        chatId: null,
        context: null,
        spans,
        route: null,
        warnings: [],
        requestBody: Buffer.from(requestBody),
        responseBody: answer
      }
    }
  }
}

function spansOf(model, call, random) {
  const prefix = (call % 2 ** 32).toString(16).padStart(12, '0')
  const span = (index, name, kind) => ({
    id: prefix + index.toString(16).padStart(4, '0'),
    parentId: null,
    name,
    kind,
    startUs: index * 40,
    durationUs: 100 + Math.floor(random() * 1_000_000),
    status: 'ok',
    note: kind === 'provider' ? 'stop · 2412 tokens in, 110 out' : null,
    firstTokenUs: kind === 'provider' ? 300_000 : null
  })
  const spans = stageNames.map((name, index) => span(index, name, 'stage'))
  const attempts = random() < 0.05 ? 2 : 1
  for (let attempt = 0; attempt < attempts; attempt++)
    spans.push(span(stageNames.length + attempt, `chat ${model}`, 'provider'))
  return spans
}

/** A row of the ledger for such a call. */
export function entryOf({ summary }) {
  const { labels, id, ...rest } = summary
  return {
    traceId: id,
    startedAt: rest.startedAt,
    caller: { kind: 'app-key', id: `key-${rest.app}`, name: rest.app },
    labels: { feature: labels.feature, project: labels.project, session: labels.session },
    requestHash: null,
    dialect: rest.dialect,
    stream: rest.stream,
    model: rest.model,
    providerId: rest.providerId,
    providerModel: rest.providerModel,
    servedModel: rest.providerModel,
    status: rest.status,
    usage: rest.usage,
    cost: rest.cost,
    promptCacheSavedNanoUsd: null,
    cache: null,
    savedNanoUsd: null,
    durationMs: rest.durationMs,
    firstTokenMs: rest.firstTokenMs
  }
}
