// node --import ./test/standin/register.mjs out/main/main.mjs
// The only patch: `electron` resolves to the stand-in. All else is the real build.
import { registerHooks } from 'node:module'

const url = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context)
})
