import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'

const vaultListSchema = z.object({
  vaults: z.record(z.string(), z.object({ path: z.string() }).catch({ path: '' }))
})

export interface ObsidianPlaces {
  home: string
  platform: NodeJS.Platform
  env: { readonly APPDATA?: string | undefined; readonly XDG_CONFIG_HOME?: string | undefined }
}

/** Vaults that Obsidian has opened on this machine and that are still there. */
export async function knownVaults(places: ObsidianPlaces): Promise<{ name: string; folder: string }[]> {
  const lists = await Promise.all(settingsFolders(places).map((folder) => vaultsIn(folder)))
  const folders = [...new Set(lists.flat())]
  const there = await Promise.all(folders.map(isFolder))
  return folders
    .filter((_, index) => there[index])
    .map((folder) => ({ name: basename(folder), folder }))
    .toSorted((left, right) => left.name.localeCompare(right.name))
}

/** Where Obsidian keeps `obsidian.json`; on Linux also when it runs as a Flatpak or a Snap. */
function settingsFolders({ home, platform, env }: ObsidianPlaces): string[] {
  if (platform === 'darwin') return [join(home, 'Library/Application Support/obsidian')]
  if (platform === 'win32') return [join(env.APPDATA ?? join(home, 'AppData/Roaming'), 'obsidian')]
  return [
    join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'obsidian'),
    join(home, '.var/app/md.obsidian.Obsidian/config/obsidian'),
    join(home, 'snap/obsidian/current/.config/obsidian')
  ]
}

async function vaultsIn(folder: string): Promise<string[]> {
  try {
    const list: unknown = JSON.parse(await readFile(join(folder, 'obsidian.json'), 'utf8'))
    return Object.values(vaultListSchema.parse(list).vaults).flatMap(({ path }) =>
      path === '' ? [] : [path]
    )
  } catch {
    return []
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false
  )
