import { EventEmitter } from 'node:events'
import { pageOwners } from './requests.ts'
import { strict } from './strict.ts'

type Source = 'system' | 'light' | 'dark'

class NativeThemeStandin extends EventEmitter {
  /** The system of the stand-in is light. */
  readonly shouldUseDarkColorsForSystemIntegratedUI = false
  #source: Source = 'system'

  get themeSource(): Source {
    return this.#source
  }

  set themeSource(source: Source) {
    if (source === this.#source) return
    this.#source = source
    const colorScheme = source === 'dark' ? 'dark' : 'light'
    for (const page of pageOwners.keys()) page.emulateMedia({ colorScheme }).catch(() => {})
    setImmediate(() => this.emit('updated'))
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}

export const nativeTheme = strict('nativeTheme', new NativeThemeStandin())
