import { z } from 'zod'

/** One message of a long conversation, of LoCoMo (Maharana et al. 2024). */
export interface Turn {
  /** `D2:7`: seventh of the second session. */
  id: string
  session: number
  speaker: string
  /** What is said, with what is seen on a shared picture. */
  text: string
  /** As written: `8 May, 2023`. */
  date: string
  /** Milliseconds UTC of the session; 0 where its date cannot be read. */
  at: number
  /** What the file notes as following from the turn. */
  facts: string[]
}

export interface ConversationQuestion {
  text: string
  /** 1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial. */
  category: number
  /** Ids of the turns that answer it; at least one. */
  evidence: string[]
}

export interface Conversation {
  id: string
  turns: Turn[]
  questions: ConversationQuestion[]
  hasFacts: boolean
}

const turnSchema = z.object({
  speaker: z.string(),
  dia_id: z.string(),
  text: z.string().default(''),
  blip_caption: z.string().nullish()
})
const sampleSchema = z.object({
  sample_id: z.union([z.string(), z.number()]).optional(),
  conversation: z.record(z.string(), z.unknown()),
  observation: z
    .record(z.string(), z.record(z.string(), z.array(z.tuple([z.string(), z.unknown()]))))
    .optional(),
  qa: z.array(
    z.object({ question: z.string(), category: z.number().int(), evidence: z.array(z.unknown()).default([]) })
  )
})

/** Turn ids in whatever form the file has them: `D8:6; D9:17`, `D:11:26`, `D30:05`. */
const turnIds = (written: unknown): string[] =>
  [...String(written).matchAll(/D:?(\d+):0*(\d+)/g)].map(([, session, turn]) => `D${session}:${turn}`)

/** Reads a file of LoCoMo's format. Questions without a turn that answers them are left out. */
export function readConversations(json: string): Conversation[] {
  const content: unknown = JSON.parse(json)
  return z
    .array(sampleSchema)
    .parse(Array.isArray(content) ? content : [content])
    .map((sample, index) => {
      const turns = turnsOf(sample.conversation)
      const byId = new Map(turns.map((turn) => [turn.id, turn]))
      for (const bySpeaker of Object.values(sample.observation ?? {}))
        for (const [text, sources] of Object.values(bySpeaker).flat())
          for (const id of turnIds(sources)) byId.get(id)?.facts.push(text)
      const questions = sample.qa.map(({ question, category, evidence }) => ({
        text: question,
        category,
        evidence: [...new Set(evidence.flatMap(turnIds))].filter((id) => byId.has(id))
      }))
      return {
        id: String(sample.sample_id ?? index + 1),
        turns,
        questions: questions.filter(({ evidence }) => evidence.length > 0),
        hasFacts: turns.some(({ facts }) => facts.length > 0)
      }
    })
}

function turnsOf(conversation: Record<string, unknown>): Turn[] {
  const turns: Turn[] = []
  for (let session = 1; ; session++) {
    const written = conversation[`session_${session}`]
    const dateTime = conversation[`session_${session}_date_time`]
    // A session may have a date and no turns: the conversation goes on behind it.
    if (written === undefined && dateTime === undefined) return turns
    const [time = '', date = ''] = String(dateTime ?? '').split(' on ')
    const at = Date.parse(`${date.replace(',', '')} ${time} UTC`) || 0
    for (const turn of z.array(turnSchema).parse(written ?? [])) {
      const [id = turn.dia_id] = turnIds(turn.dia_id)
      const text = turn.blip_caption ? `${turn.text} [shares ${turn.blip_caption}]` : turn.text
      turns.push({ id, session, speaker: turn.speaker, text, date, at, facts: [] })
    }
  }
}
