import type { TargetHealth } from '../contract/aliases.ts'
import type { HomeportError } from '../errors/homeport-error.ts'
import { Breaker } from './breaker.ts'
import { CallWindow } from './call-window.ts'
import { readFailure } from './read-failure.ts'
import type { Seat } from './route-plan.ts'

/** Share of the newest measurement in the decaying average. */
const NEWEST_SHARE = 0.3
/** A latency that old says nothing any more. */
const LATENCY_KEPT_MS = 300_000
/** Addresses come from clients, who can make them up. */
const MAX_TARGETS = 2000

/** What one call tells of its target. `begin` gives it; exactly one of the endings is called. */
export interface Attempt {
  /** Output comes. `firstTokenMs` after the attempt began; null where that cannot be told. */
  answering(firstTokenMs: number | null): void
  succeeded(): void
  failed(error: HomeportError): void
  /** The client left, or the request itself was wrong. */
  dropped(): void
}

/** How every model has been doing since the start. In memory: a restart gives all another chance. */
export interface Health {
  begin(address: string, seat: Seat): Attempt
  /** Milliseconds UTC; 0 when it may be asked now. */
  restsUntil(address: string, seat: Seat): number
  inFlight(address: string): number
  latencyMs(address: string): number | null
  list(): TargetHealth[]
  /** Gives a provider another chance: it was changed, or has just worked. */
  forgive(providerId: string): void
}

class Target {
  /** By the key that is used. */
  readonly breakers = new Map<number, Breaker>()
  readonly window = new CallWindow()
  inFlight = 0
  latency: { ms: number; at: number } | null = null
  lastError: string | null = null

  breaker(key: number): Breaker {
    const known = this.breakers.get(key)
    if (known) return known
    const breaker = new Breaker()
    this.breakers.set(key, breaker)
    return breaker
  }
}

export function createHealth(now: () => number = Date.now): Health {
  const targets = new Map<string, Target>()
  /** Of keys that a provider refused, by `provider#key`. Refused for one model, a key is refused for all. */
  const keys = new Map<string, Breaker>()

  const targetOf = (address: string): Target => {
    const known = targets.get(address)
    if (known) return known
    if (targets.size >= MAX_TARGETS) forgetOne(targets)
    const target = new Target()
    targets.set(address, target)
    return target
  }

  return {
    begin(address, seat) {
      const target = targetOf(address)
      const breaker = target.breaker(seat.key)
      const keyBreaker = keys.get(keyOf(seat))
      breaker.begin()
      keyBreaker?.begin()
      target.inFlight++
      let isOver = false
      const end = (): boolean => {
        if (isOver) return false
        isOver = true
        target.inFlight--
        return true
      }
      return {
        answering(firstTokenMs) {
          breaker.answering()
          keyBreaker?.succeeded()
          if (firstTokenMs !== null) target.latency = averaged(target.latency, firstTokenMs, now())
        },
        succeeded() {
          if (!end()) return
          breaker.succeeded()
          keyBreaker?.succeeded()
          target.window.add(now(), true)
        },
        failed(error) {
          if (!end()) return
          if (!readFailure(error).counts) {
            breaker.succeeded()
            target.window.add(now(), true)
            return
          }
          target.window.add(now(), false)
          target.lastError = error.message
          breaker.failed(now(), restOf(error))
          if (error.upstreamStatus !== 401) {
            keyBreaker?.dropped()
            return
          }
          const refused = keyBreaker ?? new Breaker()
          refused.failed(now(), { atOnce: true, restMs: null })
          keys.set(keyOf(seat), refused)
        },
        dropped() {
          if (!end()) return
          breaker.dropped()
          keyBreaker?.dropped()
        }
      }
    },
    restsUntil(address, seat) {
      const target = targets.get(address)
      const ofTarget = target?.breakers.get(seat.key)?.restsUntil(now()) ?? 0
      const ofKey = keys.get(keyOf(seat))?.restsUntil(now()) ?? 0
      return Math.max(ofTarget, ofKey)
    },
    inFlight: (address) => targets.get(address)?.inFlight ?? 0,
    latencyMs: (address) => freshLatency(targets.get(address), now()),
    list: () => [...targets].map(([address, target]) => report(address, target, now())),
    forgive(providerId) {
      for (const [address, { breakers }] of targets) {
        if (address.startsWith(`${providerId}/`)) breakers.clear()
      }
      for (const key of keys.keys()) if (key.startsWith(`${providerId}#`)) keys.delete(key)
    }
  }
}

const keyOf = ({ provider, key }: Seat): string => `${provider.id}#${key}`

/** A refused key and a limit with a date need no second and third failure to be believed. */
function restOf({ upstreamStatus, retryAfterSeconds }: HomeportError) {
  const isRefused = upstreamStatus === 401 || upstreamStatus === 402 || upstreamStatus === 403
  return {
    atOnce: isRefused || retryAfterSeconds !== null,
    restMs: retryAfterSeconds === null ? null : retryAfterSeconds * 1000
  }
}

function averaged(before: Target['latency'], ms: number, at: number): Target['latency'] {
  if (!before || at - before.at > LATENCY_KEPT_MS) return { ms, at }
  return { ms: before.ms + NEWEST_SHARE * (ms - before.ms), at }
}

function freshLatency(target: Target | undefined, now: number): number | null {
  const latency = target?.latency
  return latency && now - latency.at <= LATENCY_KEPT_MS ? latency.ms : null
}

function report(model: string, target: Target, now: number): TargetHealth {
  const { window, inFlight, lastError } = target
  const breakers = [...target.breakers.values()]
  const states = breakers.map((breaker) => breaker.state(now))
  const state = states.find((one) => one === 'well') ?? states.find((one) => one === 'trying') ?? 'resting'
  const rests = breakers.map((breaker) => breaker.restsUntil(now))
  const counts = window.count(now)
  return {
    model,
    state,
    restsUntil: state === 'resting' ? Math.min(...rests) : null,
    latencyMs: freshLatency(target, now),
    inFlight,
    ...counts,
    lastError: counts.failures > 0 ? lastError : null
  }
}

function forgetOne(targets: Map<string, Target>): void {
  for (const [address, { inFlight }] of targets) {
    if (inFlight > 0) continue
    targets.delete(address)
    return
  }
}
