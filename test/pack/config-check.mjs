// Checks electron-builder.yml against electron-builder's own schema, without packing: node test/pack/config-check.mjs
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config')
const { DebugLogger } = require('builder-util')

const config = await getConfig(root, join(root, 'electron-builder.yml'), null)
await validateConfiguration(config, new DebugLogger(false))
process.stdout.write(`electron-builder.yml is valid (${Object.keys(config).length} keys)\n`)
