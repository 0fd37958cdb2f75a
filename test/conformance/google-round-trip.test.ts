import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { googleEvents } from '../../core/gateway/dialects/google-generate/dialect.ts'
import { toChatRequest } from '../../core/gateway/dialects/google-generate/request.ts'
import { AnswerReader } from '../../core/providers/google/answer-reader.ts'
import { writeJson } from '../../core/providers/google/request-body.ts'

// What a client of Google's dialect says must reach Gemini whole also when it went through the neutral form on its way.

const model = 'gemini-3-pro-preview'
const filesUrl = 'https://generativelanguage.googleapis.com/v1beta'

function roundTrip(body: Record<string, unknown>) {
  const warnings: string[] = []
  const written = writeJson(toChatRequest(body), { model, filesUrl }, warnings)
  return { written: JSON.parse(JSON.stringify(written)), warnings }
}

describe('a request', () => {
  it('keeps parts, their order and their signatures', () => {
    const body = {
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Look:' },
            { inlineData: { mimeType: 'image/png', data: 'iVBORw0=' } },
            { fileData: { fileUri: `${filesUrl}/files/abc` } },
            { text: 'Weather there?' }
          ]
        },
        {
          role: 'model',
          parts: [
            { text: 'Two cities.', thought: true },
            { text: 'I will look.', thoughtSignature: 'sig-text' },
            {
              functionCall: { id: 'a', name: 'get_weather', args: { city: '京都', days: [1, 2] } },
              thoughtSignature: 'sig-call'
            },
            { functionCall: { id: 'b', name: 'get_weather', args: {} } },
            { text: '', thoughtSignature: 'sig-end' }
          ]
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'b', name: 'get_weather', response: { error: 'no city' } } },
            { functionResponse: { id: 'a', name: 'get_weather', response: { output: 'sunny' } } },
            { functionResponse: { id: 'c', name: 'other', response: { rows: [{ a: 1 }], output: null } } },
            { text: 'And?' }
          ]
        },
        {
          role: 'model',
          parts: [
            {
              functionCall: { id: 'd', name: 'get_weather', args: { city: 'Oslo' } },
              thoughtSignature: 'sig-2'
            }
          ]
        },
        {
          role: 'user',
          parts: [{ functionResponse: { id: 'd', name: 'get_weather', response: { output: '{"c":4}' } } }]
        }
      ]
    }
    const { written, warnings } = roundTrip(body)
    expect(written.systemInstruction).toEqual(body.systemInstruction)
    expect(written.contents).toEqual(body.contents)
    expect(warnings).toEqual([])
  })

  it('keeps functions, choice and options', () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' }, n: { type: 'integer', minimum: 1 } },
      required: ['city']
    }
    const body = {
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      tools: [
        {
          functionDeclarations: [
            { name: 'f', description: 'Does it.', parametersJsonSchema: schema },
            { name: 'g' }
          ]
        }
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
      generationConfig: {
        maxOutputTokens: 100,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        seed: 7,
        stopSequences: ['END'],
        responseLogprobs: true,
        logprobs: 3,
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
        thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: true }
      }
    }
    expect(roundTrip(body)).toEqual({ written: body, warnings: [] })
  })

  it('says what only a body that is handed on whole can carry', () => {
    const { warnings } = roundTrip({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      tools: [{ googleSearch: {} }]
    })
    expect(warnings).toEqual(['safetySettings was dropped', 'tools.googleSearch was dropped'])
  })
})

describe('an answer', () => {
  const fixtures = path.resolve(import.meta.dirname, '../../core/providers/google/__fixtures__')
  it.each(['text', 'parallel-tools', 'thinking'])('%s comes out as it went in', (name) => {
    const body = JSON.parse(readFileSync(path.join(fixtures, `${name}.json`), 'utf8'))
    const identity = { id: body.responseId, model: body.modelVersion, created: 1 }
    const builder = googleEvents.answerBuilder(identity, { model, stream: false })
    builder.add({ parts: new AnswerReader().read(body) })
    const built = JSON.parse(JSON.stringify(builder.build()))
    expect(built.candidates[0].finishReason).toBe(body.candidates[0].finishReason)
    expect(built.usageMetadata.candidatesTokenCount).toBe(body.usageMetadata.candidatesTokenCount)
    expect(built.usageMetadata.thoughtsTokenCount).toBe(body.usageMetadata.thoughtsTokenCount)
    const partsOf = ({ candidates }: typeof body) => candidates[0].content.parts
    // the signature of a text that was written in pieces follows it, as Gemini's own streams have it
    const flattened = partsOf(body).flatMap((part: { text?: string; thoughtSignature?: string }) => {
      if (part.text === undefined || part.thoughtSignature === undefined) return [part]
      const { thoughtSignature, ...shown } = part
      return [shown, { text: '', thoughtSignature }]
    })
    expect(partsOf(built)).toEqual(flattened)
  })
})
