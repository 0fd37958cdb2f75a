import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { allMetrics } from './metrics.test-support.ts'
import type { ParsedMetrics } from './metrics-parser.test-support.ts'

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string() }))
    })
  ),
  templating: z.object({ list: z.array(z.object({ definition: z.string().optional() })) })
})
const file = join(import.meta.dirname, '../../docs/grafana/homeport.json')
const { panels, templating } = dashboardSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const queries = [
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...templating.list.flatMap(({ definition }) => definition ?? [])
]
const metricName = /\b(?:homeport|gen_ai_client|process)_\w+/g

let metrics: ParsedMetrics
beforeAll(async () => {
  metrics = await allMetrics()
})

describe('the dashboard in docs/grafana', () => {
  test.each(queries)('asks for series that there are: %s', (query) => {
    const names = query.match(metricName) ?? []
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(metrics.has(name), name).toBe(true)
  })

  test.each(queries)('and by labels that they have: %s', (query) => {
    const [, selected = ''] = /\{(.*?)\}/.exec(query) ?? []
    const [, summed = ''] = /\bby \((.*?)\)/.exec(query) ?? []
    const [, listed = ''] = /label_values\(\w+, (\w+)\)/.exec(query) ?? []
    const labels = [
      ...[...selected.matchAll(/(\w+)=/g)].map(([, label]) => label),
      ...`${summed},${listed}`.split(',')
    ]
    const series = metrics.samples.filter(({ name }) => query.includes(name))
    for (const label of labels.flatMap((name) => name?.trim() || []))
      expect(
        series.some((sample) => label in sample.labels),
        label
      ).toBe(true)
  })

  test('has no panels that overlap', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`)
    )
    expect(new Set(cells).size).toBe(cells.length)
  })
})
