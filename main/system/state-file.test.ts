import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { StateFile } from './state-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeport-state-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const schema = z.object({ port: z.number() })

describe('StateFile', () => {
  it('reads back what was written, in a folder that did not exist', () => {
    const file = new StateFile(join(folder, 'new/port.json'), schema)
    expect(file.read()).toBeNull()
    file.write({ port: 7679 })
    expect(file.read()).toEqual({ port: 7679 })
    expect(readdirSync(join(folder, 'new'))).toEqual(['port.json'])
  })

  it.each(['', '{"port":', '{"port":"x"}', 'null'])('reads nothing from a file that holds %j', (text) => {
    const path = join(folder, 'broken.json')
    writeFileSync(path, text)
    expect(new StateFile(path, schema).read()).toBeNull()
  })

  it('stays silent when it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '')
    const file = new StateFile(join(folder, 'file/port.json'), schema)
    file.write({ port: 1 })
    expect(file.read()).toBeNull()
  })
})
