import { createParser } from 'eventsource-parser'
import { sessionSchema } from '../../core/contract/access.ts'
import { type AppEvent, sequencedEventSchema } from '../../core/contract/events.ts'
import type { DaemonFile } from '../../core/contract/info.ts'
import { HomeportError } from '../../core/errors/homeport-error.ts'
import { baseUrlOf, callDaemon, type DaemonAddress } from './control-client.ts'
import type { DaemonLink, DaemonLinkEvents, ShellSettings } from './daemon-link.ts'

/** A daemon somebody else started (`homeport serve`). It stays when the app quits. */
export class AttachedDaemon implements DaemonLink {
  readonly #address: DaemonAddress
  readonly #events: DaemonLinkEvents
  readonly #released = new AbortController()

  constructor(file: DaemonFile, events: DaemonLinkEvents) {
    this.#address = { baseUrl: baseUrlOf(file.port), token: file.controlToken }
    this.#events = events
    void this.#follow(file.port)
  }

  async session(): Promise<string> {
    const { code } = await callDaemon(this.#address, 'POST /app/codes')
    const response = await fetch(`${this.#address.baseUrl}/app/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code })
    })
    if (!response.ok)
      throw new HomeportError('unavailable', `The service answered ${response.status} to a code`)
    return sessionSchema.parse(await response.json()).token
  }

  async release(): Promise<void> {
    this.#released.abort()
  }

  /** Its event stream tells of changed settings and of notices, and by its end that the daemon is gone. */
  async #follow(port: number): Promise<void> {
    const { signal } = this.#released
    try {
      const response = await fetch(`${this.#address.baseUrl}/app/events`, {
        headers: { authorization: `Bearer ${this.#address.token}` },
        signal
      })
      if (!response.ok || response.body === null) throw new HomeportError('unavailable', 'No event stream')
      const settings = await this.#readSettings()
      this.#events.settings(settings)
      this.#events.ready(port)
      const parser = createParser({ onEvent: ({ data }) => this.#apply(data, settings) })
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk)
    } catch {
      // told below, whatever the reason
    }
    this.#events.gone('crashed')
  }

  async #readSettings(): Promise<ShellSettings> {
    const [settings, info] = await Promise.all([
      callDaemon(this.#address, 'GET /app/settings'),
      callDaemon(this.#address, 'GET /app/info')
    ])
    const { appearance, quickPromptShortcut } = settings
    return { appearance, quickPromptShortcut, paused: info.paused }
  }

  #apply(data: string, settings: ShellSettings): void {
    const event = eventOf(data)
    if (event?.type === 'notice-given') this.#events.notice(event.notice)
    if (event?.type === 'settings-changed') {
      settings.appearance = event.settings.appearance
      settings.quickPromptShortcut = event.settings.quickPromptShortcut
    } else if (event?.type === 'gateway-changed') settings.paused = event.paused
    else return
    this.#events.settings({ ...settings })
  }
}

function eventOf(data: string): AppEvent | null {
  try {
    return sequencedEventSchema.parse(JSON.parse(data)).event
  } catch {
    return null
  }
}
