import { z } from 'zod'

const nanoUsd = z.number().int().nonnegative()

/** What a budget watches: all calls, or those of one of these. */
export const budgetScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('provider'), providerId: z.string().max(40) }),
  /** `provider/model`. */
  z.object({ kind: z.literal('model'), model: z.string().max(300) }),
  z.object({ kind: z.literal('app-key'), keyId: z.string().max(60) }),
  z.object({ kind: z.literal('project'), project: z.string().max(80) }),
  z.object({ kind: z.literal('feature'), feature: z.string().max(80) })
])
export type BudgetScope = z.infer<typeof budgetScopeSchema>

/** What is done when it is used up, in this order; the first that can be done is. Without any, the person is only told. */
export const budgetActionSchema = z.discriminatedUnion('kind', [
  /** Ask this model or alias in place of the one asked for. */
  z.object({ kind: z.literal('use-model'), model: z.string().max(300) }),
  /** Ask a model of this machine. */
  z.object({ kind: z.literal('on-device') }),
  z.object({ kind: z.literal('refuse') })
])
export type BudgetAction = z.infer<typeof budgetActionSchema>

export const saveBudgetSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scope: budgetScopeSchema,
  limitNanoUsd: z.number().int().positive(),
  /** Local calendar days, weeks from Monday, or months. */
  period: z.enum(['day', 'week', 'month']),
  /** Percents of the limit at which the person is told. */
  warnAt: z.array(z.number().int().min(1).max(100)).max(5).default([80, 100]),
  actions: z.array(budgetActionSchema).max(3).default([]),
  /** What to do with calls whose price nobody knows. */
  unknownPrice: z.enum(['allow', 'refuse']).default('allow'),
  paused: z.boolean().default(false)
})
export type SaveBudget = z.input<typeof saveBudgetSchema>

export const budgetSchema = saveBudgetSchema.extend({
  id: z.string(),
  createdAt: z.number().int(),
  /** Of the period that runs. */
  periodStart: z.number().int(),
  periodEnd: z.number().int(),
  spentNanoUsd: nanoUsd,
  /** Set aside for calls that have not ended. */
  reservedNanoUsd: nanoUsd,
  /** Calls of the period whose price nobody knows: they are not in the sum. */
  unknownPriceCalls: z.number().int()
})
export type Budget = z.infer<typeof budgetSchema>
