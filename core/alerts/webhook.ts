import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { HomeportError } from '../errors/homeport-error.ts'
import { classifyHost, mayConnect } from '../lib/address-policy.ts'
import { guardedLookup, type ResolveAll } from '../lib/guarded-lookup.ts'

export interface WebhookOptions {
  /** One try, from connecting to the head of the answer. */
  timeoutMs?: number
  /** Before the second try and before the third. */
  pausesMs?: readonly number[]
  resolve?: ResolveAll
}

/** Posts JSON. Resolves when it was taken; rejects with why the last try failed, or the reason of the signal. */
export type PostWebhook = (url: string, body: unknown, signal: AbortSignal) => Promise<void>

/** Throws `bad-request` for an address that nothing is sent to: unencrypted ones of other machines, and forbidden ones. */
export function checkWebhookUrl(url: string): void {
  const { protocol, hostname, username, password } = new URL(url)
  const where = classifyHost(hostname)
  if (where === 'forbidden') throw refused('This address is no place to send alerts to.')
  if (protocol === 'http:' && where !== 'loopback')
    throw refused('An alert leaves this machine only encrypted: give an address that begins with https.')
  if (username !== '' || password !== '') throw refused('An address cannot hold a name and a password.')
}

const refused = (message: string): HomeportError =>
  new HomeportError('bad-request', message, { param: 'webhookUrl' })

/** Three tries. Redirects are not followed, and a name leads only where it says: see `core/lib/address-policy.ts`. */
export function createWebhook(options: WebhookOptions = {}): PostWebhook {
  const { timeoutMs = 10_000, pausesMs = [2000, 15_000], resolve } = options
  const lookup = guardedLookup(otherNetwork, resolve)

  const post = (url: URL, payload: Buffer, signal: AbortSignal): Promise<number> => {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) !== 0 && !mayConnect(host, host)) return Promise.reject(otherNetwork())
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = { 'content-type': 'application/json', 'content-length': payload.length }
    // a connection of its own: none stays open for something so rare
    const wanted: RequestOptions = { method: 'POST', headers, signal, agent: false, lookup }
    return new Promise((done, fail) => {
      request(url, wanted, (response) => {
        response.destroy()
        done(response.statusCode ?? 0)
      })
        .on('error', fail)
        .end(payload)
    })
  }

  return async (url, body, signal) => {
    checkWebhookUrl(url)
    const payload = Buffer.from(JSON.stringify(body))
    for (const pause of [...pausesMs, null]) {
      try {
        const status = await post(
          new URL(url),
          payload,
          AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
        )
        if (status >= 200 && status < 300) return
        throw new HomeportError('upstream-failed', `The webhook answered ${status}.`, {
          retryable: status >= 500 || status === 408 || status === 429
        })
      } catch (error) {
        signal.throwIfAborted()
        const isFinal = error instanceof HomeportError && !error.retryable
        if (pause === null || isFinal) throw error
      }
      await delay(pause, undefined, { signal, ref: false })
    }
  }
}

const otherNetwork = (): HomeportError =>
  new HomeportError('upstream-unreachable', 'The webhook leads to another network than its name says.')
