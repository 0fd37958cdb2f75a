import type { Budget } from '../contract/budgets.ts'
import type { TimeSpan } from '../lib/calendar.ts'
import type { BudgetDefinition } from './budget-repository.ts'

/** Money of calls that were booked. */
export interface Spent {
  nanoUsd: number
  /** Calls whose price nobody knows: they are not in the sum. */
  unknownPriceCalls: number
}

/** A budget with the figures of the period that runs. */
export class Account {
  readonly id: string
  readonly createdAt: number
  definition: BudgetDefinition
  readonly period: TimeSpan
  /** Percents the person was told of. */
  readonly warned: Set<number>
  reservedNanoUsd = 0
  #spent: Spent

  constructor(
    { id, createdAt, definition }: Pick<Account, 'id' | 'createdAt' | 'definition'>,
    period: TimeSpan,
    spent: Spent,
    warned: Iterable<number>
  ) {
    this.id = id
    this.createdAt = createdAt
    this.definition = definition
    this.period = period
    this.#spent = { ...spent }
    this.warned = new Set(warned)
  }

  /** Whether it stops calls, and is not there to tell the person only. */
  get holds(): boolean {
    return this.definition.actions.length > 0
  }

  get unspentNanoUsd(): number {
    return this.definition.limitNanoUsd - this.#spent.nanoUsd
  }

  /** What is neither spent nor set aside; below zero where more was spent than allowed. */
  get freeNanoUsd(): number {
    return this.unspentNanoUsd - this.reservedNanoUsd
  }

  runsAt(time: number): boolean {
    return time >= this.period.from && time < this.period.until
  }

  add({ nanoUsd, unknownPriceCalls }: Spent): void {
    this.#spent.nanoUsd += nanoUsd
    this.#spent.unknownPriceCalls += unknownPriceCalls
  }

  /** Stops no call any more, also of those that have money set aside in it. */
  retire(): void {
    this.definition = { ...this.definition, paused: true }
  }

  /** Puts the figures right. */
  correct(spent: Spent): void {
    this.#spent = { ...spent }
  }

  /** Percents that were reached and not told of, smallest first. They count as told from here on. */
  takeWarnings(): number[] {
    const { warnAt, limitNanoUsd } = this.definition
    const reached = warnAt
      .filter((percent) => !this.warned.has(percent) && this.#spent.nanoUsd * 100 >= limitNanoUsd * percent)
      .sort((a, b) => a - b)
    for (const percent of reached) this.warned.add(percent)
    return [...new Set(reached)]
  }

  toBudget(): Budget {
    return {
      ...this.definition,
      id: this.id,
      createdAt: this.createdAt,
      periodStart: this.period.from,
      periodEnd: this.period.until,
      spentNanoUsd: this.#spent.nanoUsd,
      reservedNanoUsd: this.reservedNanoUsd,
      unknownPriceCalls: this.#spent.unknownPriceCalls
    }
  }
}
