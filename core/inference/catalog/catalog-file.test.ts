import { expect, test } from 'vitest'
import { partNames } from '../downloads/part-names.ts'
import { targetPath } from '../downloads/target-path.ts'
import { parseCatalogFile, readCatalogFile } from './catalog-file.ts'
import { quantizationOf } from './repo-models.ts'

const { models, checkedWithHub } = readCatalogFile()
const files = models.flatMap((model) => model.files.map((file) => ({ ...file, model })))
const twice = <T>(values: T[]): T[] => values.filter((value, index) => values.indexOf(value) !== index)

test('the catalog has chat models, embedders and rerankers of all sizes that fit people’s machines', () => {
  const ofKind = (kind: string) => models.filter((model) => model.kind === kind)
  expect(ofKind('chat').length).toBeGreaterThanOrEqual(35)
  expect(ofKind('embedding').length).toBeGreaterThanOrEqual(8)
  expect(ofKind('rerank').length).toBeGreaterThanOrEqual(3)
  const smallest = ofKind('chat').map((model) => model.files[0]?.sizeBytes ?? 0)
  expect(Math.min(...smallest)).toBeLessThan(500e6)
  expect(smallest.filter((size) => size < 6e9).length).toBeGreaterThan(20)
})

test('nothing stands in the catalog twice', () => {
  expect(twice(models.map(({ id }) => id))).toEqual([])
  expect(twice(models.map(({ repo }) => repo))).toEqual([])
  expect(twice(files.map(({ file, model }) => targetPath('/m', model.repo, file)))).toEqual([])
})

test('every file can be downloaded, and its name says its quantisation', () => {
  for (const { file, quantization, model } of files) {
    expect(() => targetPath('/m', model.repo, file)).not.toThrow()
    expect(partNames(file)).toContain(file)
    const named = quantizationOf(file)
    expect(named, file).toBe(quantization)
  }
})

test('files stand smallest first', () => {
  for (const { files } of models) {
    const sizes = files.map(({ sizeBytes }) => sizeBytes ?? Infinity)
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  }
})

test('a size is what the weights can take', () => {
  for (const { sizeBytes, quantization, file, model } of files) {
    const bits = ((sizeBytes ?? 0) * 8) / model.parameters
    const nominal =
      quantization === 'F16'
        ? 16
        : quantization === 'MXFP4'
          ? 4
          : Number(/Q(\d)/.exec(quantization ?? '')?.[1])
    expect(bits, file).toBeGreaterThan(nominal * 0.9)
    expect(bits, file).toBeLessThan(nominal * 1.8)
  }
})

test('sizes are called exact only where the hub was asked', () => {
  if (checkedWithHub === null) expect(files.every(({ approximate }) => approximate)).toBe(true)
  for (const file of files) if (!file.approximate) expect(file.sha256, file.file).not.toBeNull()
})

test('what is not of its form is refused', () => {
  const [model] = models
  expect(model).toBeDefined()
  const whole = { source: 'x', date: '2026-01-01', checkedWithHub: null }
  expect(() => parseCatalogFile({ ...whole, models: [{ ...model, kind: 'image' }] })).toThrow()
  expect(() => parseCatalogFile({ ...whole, models: [{ ...model, files: [] }] })).toThrow()
  expect(() => parseCatalogFile({ ...whole, models: [{ ...model, surprise: 1 }] })).toThrow()
  expect(parseCatalogFile({ ...whole, models: [model] }).models).toHaveLength(1)
})
