// Checks electron-builder.yml against electron-builder's own schema, without packing: node test/pack/config-check.mjs
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config')
const { DebugLogger } = require('builder-util')

/** Throws with electron-builder's explanation if the configuration is not valid. */
export async function checkConfig() {
  const config = await getConfig(root, join(root, 'electron-builder.yml'), null)
  await validateConfiguration(config, new DebugLogger(false))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await checkConfig()
