import type { Page } from 'playwright/test'
import { launchHeadless } from './headless.ts'
import { type DesktopApp, launchApp } from './launch.ts'

/** Homeport in front of a person, whichever way it runs. */
export interface RunningApp {
  readonly page: Page
  /** Adds a GGUF file as a person does here: in the system's dialog, or by its path. */
  chooseModelFile(path: string): Promise<void>
  close(): Promise<void>
}

async function openDesktop(): Promise<RunningApp> {
  const app: DesktopApp = await launchApp()
  return {
    page: app.mainWindow,
    async chooseModelFile(path) {
      await app.evaluate(({ dialog }, file) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
      }, path)
      await app.mainWindow.getByRole('button', { name: 'Choose a GGUF file' }).click()
    },
    close: () => app.close()
  }
}

async function openHeadless(): Promise<RunningApp> {
  const app = await launchHeadless()
  return {
    page: app.page,
    async chooseModelFile(path) {
      await app.page.getByLabel('Path of a GGUF file').fill(path)
      await app.page.getByRole('button', { name: 'Add' }).click()
    },
    close: () => app.close()
  }
}

/** Both ways to run Homeport; the same flows must work in each. */
export const hosts = [
  { name: 'desktop', open: openDesktop },
  { name: 'headless', open: openHeadless }
] as const
