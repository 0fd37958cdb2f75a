import type { Grouping } from './view.ts'

export const groupingLabels: Record<Grouping, string> = {
  model: 'Model',
  provider: 'Provider',
  app: 'App',
  project: 'Project',
  feature: 'Feature'
}

/** What calls that have none are called. */
export const noneLabels: Record<Grouping, string> = {
  model: 'no model',
  provider: 'no provider',
  app: 'no app',
  project: 'no project',
  feature: 'no feature'
}
