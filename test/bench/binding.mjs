// node-llama-cpp used directly, as a program would that has nothing between: what the port's throughput is held against.
// A process of its own, which does over IPC what inference.mjs asks of it:
//   fork('binding.mjs', [model, threads, contextTokens, sequences])
import { getLlama, LlamaChat, LlamaLogLevel, resolveChatWrapper } from 'node-llama-cpp'

const [modelPath, threads, contextSize, sequences] = process.argv.slice(2)
/** What Homeport's engine draws with where a request leaves it open. */
const sampling = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, repeatPenalty: false }

const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error })
const model = await llama.loadModel({ modelPath })
const context = await model.createContext({
  threads: Number(threads),
  contextSize: Number(contextSize),
  sequences: Number(sequences)
})
const chatWrapper = resolveChatWrapper(model, { warningLogs: false })
const chats = Array.from(
  { length: Number(sequences) },
  () => new LlamaChat({ contextSequence: context.getSequence(), chatWrapper })
)

/** Answers one chat; gives its tokens. The text is taken piece by piece, as it is over the port. */
async function answer(chat, messages, maxTokens, seed) {
  const history = messages.map(({ role, content }) => ({ type: role, text: content }))
  const before = chat.sequence.tokenMeter.getState()
  let length = 0
  await chat.generateResponse([...history, { type: 'model', response: [] }], {
    ...sampling,
    maxTokens,
    seed,
    onTextChunk(text) {
      length += text.length
    }
  })
  return { tokens: chat.sequence.tokenMeter.diff(before).usedOutputTokens, length }
}

process.on('message', async ({ chats: asked, maxTokens, seed }) => {
  const started = performance.now()
  const answers = await Promise.all(
    asked.map((messages, index) => answer(chats[index], messages, maxTokens, seed + index))
  )
  const ms = performance.now() - started
  process.send({ ms, tokens: answers.reduce((sum, { tokens }) => sum + tokens, 0) })
})
process.send({ ready: true })
