import { join } from 'node:path'
import { type NativeImage, nativeImage, nativeTheme } from 'electron'

/**
 * The picture in the menu bar or tray. macOS colours a template itself; elsewhere it follows the theme of the system's
 * bars, which is the theme of the system.
 */
export function trayIcon(folder: string): NativeImage {
  const path = (name: string) => join(folder, 'tray', `${name}.png`)
  if (process.platform !== 'darwin') {
    return nativeImage.createFromPath(
      path(nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light')
    )
  }
  const template = nativeImage.createFromPath(path('Template'))
  template.setTemplateImage(true)
  return template
}
