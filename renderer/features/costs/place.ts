/** The parts of the Costs screen that its tabs show. */
export const tabs = ['overview', 'budgets', 'alerts', 'prices'] as const
export type Tab = (typeof tabs)[number]

/** The tab that an id of the window's address means; the overview for what it does not know. */
export function parseTab(id: string | null): Tab {
  return tabs.find((tab) => tab === id) ?? 'overview'
}
