import { builtinModules } from 'node:module'
import { importsOf, packageOf, targetOf } from './imports-of.ts'
import { packageHomes, type Room, rooms, withoutNode } from './rules.ts'
import { isTest, type SourceFile } from './source-files.ts'

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** The room of a file, its path with `*` filled in: `core/providers/mistral`. Null when no rule knows it. */
export function roomOf(path: string): (Room & { folder: string }) | null {
  for (const room of rooms) {
    const folder = fillStar(room.path, path)
    if (isWithin(path, folder)) return { ...room, folder }
  }
  return null
}

/** `renderer/features/*` at `renderer/features/chat/x.tsx` is `renderer/features/chat`. */
function fillStar(pattern: string, path: string): string {
  const depth = pattern.split('/').indexOf('*')
  return depth === -1 ? pattern : pattern.replace('*', path.split('/')[depth] ?? '*')
}

/** One line for each import of the file that the rules forbid. */
export function importViolations(file: SourceFile): string[] {
  if (isTest(file.path)) return []
  const room = roomOf(file.path)
  if (!room) return [`${file.path} stands in no room that the rules know`]
  return importsOf(file).flatMap((specifier) => {
    const target = targetOf(file.path, specifier)
    const problem = target === null ? packageProblem(room, specifier) : targetProblem(room, target)
    return problem === null ? [] : [`${file.path} imports ${specifier}: ${problem}`]
  })
}

function targetProblem(room: Room & { folder: string }, target: string): string | null {
  // data files and styles belong to no room
  if (!/\.(ts|tsx|mjs)$/.test(target)) return null
  if (isTest(target)) return 'only tests import tests'
  const from = roomOf(target)
  if (!from) return 'it stands in no room that the rules know'
  const allowed =
    from.folder === room.folder || room.mayImport.some((path) => fillStar(path, target) === from.folder)
  return allowed ? null : `${room.folder} may not import ${from.folder}`
}

function packageProblem(room: Room & { folder: string }, specifier: string): string | null {
  const name = packageOf(specifier)
  const isNode = name.startsWith('node:') || builtinModules.includes(name)
  if (isNode)
    return withoutNode.some((folder) => isWithin(room.folder, folder))
      ? `${room.folder} runs without Node`
      : null
  if (room.packages && !room.packages.includes(name))
    return `${room.folder} uses no package but ${room.packages.join(', ')}`
  const homes = packageHomes[name]
  return !homes || homes.some((home) => isWithin(room.folder, home))
    ? null
    : `${name} stays in ${homes.join(', ')}`
}
