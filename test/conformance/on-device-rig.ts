import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OnDeviceSettings, settingsSchema } from '../../core/contract/settings.ts'
import { trackedSpawn } from '../../core/inference/engine/engine.test-support.ts'
import { openOnDevice } from '../../core/inference/on-device.ts'
import type { OnDevice } from '../../core/inference/on-device-spec.ts'
import { silentLogger } from '../../core/lib/logger.ts'
import type { ChatAnswer, ChatCall, ChatPart, ChatRequest } from '../../core/providers/spec/chat.ts'
import { openStore } from '../../core/store/open-store.ts'

export const never = new AbortController().signal

/** The room of on-device models over a real store, folder and engine process. */
export interface OnDeviceRig {
  readonly onDevice: OnDevice
  /** Every engine process there was. */
  readonly children: ChildProcess[]
  /** As they are now; the test may change them. */
  readonly settings: OnDeviceSettings
  /** Events so far, by name. */
  readonly events: Record<'modelsChanged' | 'engineChanged', number>
  ask(request?: Partial<ChatRequest>, call?: Partial<ChatCall>): Promise<ChatAnswer>
  close(): Promise<void>
}

/** `write` puts models into the folder that it is given. */
export async function openOnDeviceRig(write: (modelsDir: string) => void): Promise<OnDeviceRig> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-on-device-'))
  mkdirSync(join(dataDir, 'models'))
  write(join(dataDir, 'models'))
  const { spawnChild, children } = trackedSpawn()
  const store = await openStore({ dataDir, logger: silentLogger })
  const settings = { ...settingsSchema.parse({}).onDevice, otherPrograms: false }
  const events = { modelsChanged: 0, engineChanged: 0 }
  const tokens = new Map<string, string>()
  const onDevice = await openOnDevice({
    store,
    dataDir,
    spawnChild,
    logger: silentLogger,
    settings: () => settings,
    secrets: {
      get: async (name) => tokens.get(name) ?? null,
      set: async (name, value) => void tokens.set(name, value),
      delete: async (name) => void tokens.delete(name)
    },
    events: {
      modelsChanged: () => events.modelsChanged++,
      engineChanged: () => events.engineChanged++,
      downloadChanged() {},
      downloadRemoved() {}
    },
    home: dataDir,
    env: {}
  })
  await onDevice.models.list()

  return {
    onDevice,
    children,
    settings,
    events,
    ask: (request = {}, call = {}) =>
      onDevice.provider.chat({
        model: 'tiny',
        stream: true,
        wire: null,
        signal: never,
        request: () => ({
          messages: [{ role: 'user', content: [{ type: 'text', text: 'Where do ships sleep?' }] }],
          output: 'text',
          unmapped: [],
          maxTokens: 20,
          ...request
        }),
        ...call
      }),
    async close() {
      await onDevice.close()
      await store.close()
      rmSync(dataDir, { recursive: true })
    }
  }
}

/** All parts of an answer, in order. */
export async function partsOf(answer: ChatAnswer): Promise<ChatPart[]> {
  const parts: ChatPart[] = []
  for await (const event of answer.events) parts.push(...event.parts)
  return parts
}

export const textOf = (parts: readonly ChatPart[]): string =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')

export const usageOf = (parts: readonly ChatPart[]) =>
  parts.flatMap((part) => (part.type === 'usage' ? [part.usage] : []))[0]
