import { appStandin } from './app.ts'
import { privilegedSchemes, type SchemeHandler, schemeHandlers } from './app-addresses.ts'
import { strict } from './strict.ts'

const protocolStandin = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (appStandin.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme } of schemes) privilegedSchemes.add(scheme)
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (schemeHandlers.has(scheme)) throw new Error(`scheme ${scheme} is already handled`)
    schemeHandlers.set(scheme, handler)
  }
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>

export const protocol = strict('protocol', protocolStandin)
