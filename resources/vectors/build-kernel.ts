import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'

// node resources/vectors/build-kernel.ts: writes scan-kernel.wat as bytes into the code that runs it.

const source = join(import.meta.dirname, 'scan-kernel.wat')
const target = join(import.meta.dirname, '../../core/retrieval/vectors/scan-kernel.generated.ts')

/** The text of the module that holds the kernel's bytes. */
export async function kernelModule(): Promise<string> {
  const { parseWat } = await wabt()
  const parsed = parseWat('scan-kernel.wat', readFileSync(source, 'utf8'), { simd: true })
  const { buffer } = parsed.toBinary({})
  parsed.destroy()
  return `// Written by resources/vectors/build-kernel.ts from scan-kernel.wat; a test says whether it is current.
export const scanKernel =
  '${Buffer.from(buffer).toString('base64')}'
`
}

if (import.meta.main) writeFileSync(target, await kernelModule())
