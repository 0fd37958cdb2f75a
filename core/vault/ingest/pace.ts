import type { Source } from '../../contract/knowledge.ts'

export type Progress = NonNullable<Source['progress']>

/** The past that says how fast it goes. */
const WINDOW_MS = 10_000

/** How far a step is, how fast it goes and how long it will take. */
export class Pace {
  readonly #step: Progress['step']
  readonly #now: () => number
  #done = 0
  #total: number
  #samples: { at: number; done: number }[]

  constructor(step: Progress['step'], total: number, now: () => number = () => performance.now()) {
    this.#step = step
    this.#total = total
    this.#now = now
    this.#samples = [{ at: now(), done: 0 }]
  }

  get step(): Progress['step'] {
    return this.#step
  }

  more(total: number): void {
    this.#total += total
  }

  did(count: number): void {
    this.#done += count
    this.#total = Math.max(this.#total, this.#done)
    const at = this.#now()
    const last = this.#samples.at(-1)
    // ten samples a second are enough
    if (last && this.#samples.length > 1 && at - last.at < 100) last.done = this.#done
    else this.#samples.push({ at, done: this.#done })
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > WINDOW_MS) this.#samples.shift()
  }

  /** The same, from what is still to do. */
  left(count: number): void {
    this.did(Math.max(0, this.#total - count - this.#done))
  }

  progress(): Progress {
    const first = this.#samples[0]
    const seconds = first ? (this.#now() - first.at) / 1000 : 0
    const perSecond = first && seconds > 0 ? (this.#done - first.done) / seconds : 0
    const secondsLeft = perSecond > 0 ? (this.#total - this.#done) / perSecond : null
    return { step: this.#step, done: this.#done, total: this.#total, perSecond, secondsLeft }
  }
}
