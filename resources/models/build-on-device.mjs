// Compares on-device.json with what the hub says of each file, and takes over size and SHA-256:
//   node resources/models/build-on-device.mjs [FILE]
// Which models there are, and what is said of them, is chosen by hand. HF_ENDPOINT names another hub, HF_TOKEN an account
// there. What the hub does not have is left as it is, called approximate, and named; then the whole does not count as
// checked, and the exit code is 1.
import { readFileSync, writeFileSync } from 'node:fs'

const endpoint = process.env.HF_ENDPOINT ?? 'https://huggingface.co'
const headers = process.env.HF_TOKEN ? { authorization: `Bearer ${process.env.HF_TOKEN}` } : {}
const path = process.argv[2] ?? new URL('on-device.json', import.meta.url)
const catalog = JSON.parse(readFileSync(path, 'utf8'))

/** By path. Repositories with more files than one page holds have their models on the first. */
async function filesOf(repo) {
  const response = await fetch(`${endpoint}/api/models/${repo}/tree/main?recursive=true`, { headers })
  if (!response.ok) throw new Error(`${repo}: ${response.status}`)
  return new Map((await response.json()).map((entry) => [entry.path, entry]))
}

/** All parts of a split model, named like its first. */
function partsOf(file) {
  const split = /^(.*)-00001-of-(\d{5})\.gguf$/.exec(file)
  if (!split) return [file]
  return Array.from(
    { length: Number(split[2]) },
    (_, index) => `${split[1]}-${String(index + 1).padStart(5, '0')}-of-${split[2]}.gguf`
  )
}

const problems = []
for (const model of catalog.models) {
  let listed = new Map()
  try {
    listed = await filesOf(model.repo)
  } catch (error) {
    problems.push(error.message)
  }
  for (const file of model.files) {
    const parts = partsOf(file.file).map((part) => listed.get(part)?.lfs)
    if (parts.every(Boolean)) {
      file.sizeBytes = parts.reduce((sum, { size }) => sum + size, 0)
      file.sha256 = parts.length === 1 ? parts[0].oid : null
      file.approximate = false
    } else {
      file.approximate = true
      if (listed.size > 0) problems.push(`${model.repo}: no ${file.file}`)
    }
  }
  model.files.sort((a, b) => a.sizeBytes - b.sizeBytes)
}

const today = new Date().toISOString().slice(0, 10)
catalog.checkedWithHub = problems.length === 0 ? today : null
if (problems.length === 0) catalog.date = today
writeFileSync(path, `${JSON.stringify(catalog, null, 2)}\n`)
process.stdout.write(
  [...problems, `${catalog.models.length} models, ${problems.length} problems`, ''].join('\n')
)
process.exitCode = problems.length === 0 ? 0 : 1
