import { createCodec } from './codec.ts'
import { type PreloadNames, preloadWorld } from './preload-world.ts'
import { mainWorld, worldBridge } from './world-bridge.ts'

/** The isolated world's name, as DevTools shows it. */
export const isolatedWorldName = 'electron-isolated'
export const names: PreloadNames = { send: '__electronSend', receive: '__electronReceive' }

/** Only the main frame has a preload. */
const inMainFrame = (script: string) => `if (window === window.top) { ${script} }`

export const mainWorldScript = inMainFrame(
  `const createCodec = ${createCodec}; (${mainWorld})((${worldBridge})(createCodec, 'main', 'isolated'))`
)

/** Runs the preload's source with what a sandboxed preload has, and nothing else. */
export function preloadScript(source: string, processProperties: object): string {
  return inMainFrame(`
const createCodec = ${createCodec};
const world = (${preloadWorld})((${worldBridge})(createCodec, 'isolated', 'main'), createCodec, ${JSON.stringify(names)}, ${JSON.stringify(processProperties)});
(function (require, process, module, exports) {\n${source}\n})(world.require, world.process, { exports: {} }, {})`)
}
