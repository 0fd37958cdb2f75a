import { expect, test } from 'vitest'
import { type ListedFile, modelsOf, quantizationOf } from './repo-models.ts'

const listed = (path: string, sizeBytes: number | null = 10): ListedFile => ({
  path,
  sizeBytes,
  sha256: 'a'.repeat(64)
})

test('the models of a repository are its GGUF files, smallest first', () => {
  const files = [
    listed('README.md'),
    listed('m-Q8_0.gguf', 80),
    listed('m-Q4_K_M.gguf', 40),
    listed('config.json')
  ]
  expect(modelsOf(files)).toEqual([
    { file: 'm-Q4_K_M.gguf', quantization: 'Q4_K_M', sizeBytes: 40, sha256: 'a'.repeat(64) },
    { file: 'm-Q8_0.gguf', quantization: 'Q8_0', sizeBytes: 80, sha256: 'a'.repeat(64) }
  ])
})

test('a split model is one, and none while a part is missing', () => {
  const parts = [1, 2, 3].map((part) => listed(`BF16/m-BF16-0000${part}-of-00003.gguf`, 100 * part))
  expect(modelsOf(parts)).toEqual([
    { file: 'BF16/m-BF16-00001-of-00003.gguf', quantization: 'BF16', sizeBytes: 600, sha256: null }
  ])
  expect(modelsOf(parts.slice(0, 2))).toEqual([])
  expect(modelsOf([listed('m-00001-of-99999.gguf')])).toEqual([])
})

test('the size is unknown while that of a part is', () => {
  const parts = [listed('m-00001-of-00002.gguf'), listed('m-00002-of-00002.gguf', null)]
  expect(modelsOf(parts)).toMatchObject([{ sizeBytes: null }])
})

test('what only goes with a model is none', () => {
  const companions = [
    'mmproj-F16.gguf',
    'mmproj-model-f16.gguf',
    'm-mmproj.gguf',
    'imatrix.gguf',
    'm-imatrix.gguf'
  ]
  expect(modelsOf(companions.map((path) => listed(path)))).toEqual([])
})

test.each([
  ['Qwen3-8B-Q4_K_M.gguf', 'Q4_K_M'],
  ['Qwen3.8-27B-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
  ['m-IQ2_XXS.gguf', 'IQ2_XXS'],
  ['m.i1-IQ4_NL.gguf', 'IQ4_NL'],
  ['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
  ['qwen3-reranker-0.6b-q8_0.gguf', 'Q8_0'],
  ['nomic-embed-text-v1.5.f16.gguf', 'F16'],
  ['m-FP16.gguf', 'F16'],
  ['m-Q3_K_L-00001-of-00002.gguf', 'Q3_K_L'],
  ['m.gguf', null]
])('%s is quantised as %s', (file, quantization) => {
  expect(quantizationOf(file)).toBe(quantization)
})
