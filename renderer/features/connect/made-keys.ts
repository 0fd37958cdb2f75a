/** Keys made on this screen, by their id. They are kept here alone, and gone when the screen is left. */
export type MadeKeys = Readonly<Record<string, { secret: string; toolId: string }>>

export const noSecrets: MadeKeys = {}

/** The key last made for a tool, or null. */
export function keyMadeFor(toolId: string, made: MadeKeys): string | null {
  return Object.entries(made).findLast(([, key]) => key.toolId === toolId)?.[0] ?? null
}
