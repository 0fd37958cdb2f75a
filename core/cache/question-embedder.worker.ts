import { openBuiltInEmbedder } from '../retrieval/embedders/built-in.ts'
import { answerCalls } from '../threads/answer-calls.ts'
import type { QuestionEmbedder } from './question-embedder.ts'

// Word vectors take 50 ms to load and 70 MB to hold, neither of them in the daemon's thread. Started by question-embedder.ts.

const embedder = openBuiltInEmbedder()

answerCalls(
  (signal): Pick<QuestionEmbedder, 'embed'> => ({
    async embed(texts) {
      const vectors = await embedder.embed(texts, 'query', signal)
      // all lie in one buffer
      return vectors.map((vector) => vector.slice())
    }
  })
)
