import type { LocalModel } from '../contract/local-models.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { closest } from './closest.ts'
import type { Connection } from './connect.ts'

const prefix = 'on-device/'

/**
 * The model of this machine that a person typed, with or without `on-device/`. Throws `not-found`, naming what was
 * probably meant or how to get it.
 */
export async function findLocalModel(connection: Connection, typed: string): Promise<LocalModel> {
  const id = withoutPrefix(typed)
  const { models } = await connection.invoke('GET /app/local-models')
  const found = models.find((model) => model.id === id) ?? models.find((model) => sameName(model.id, id))
  if (found) return found
  throw await unknownModel(connection, id, models)
}

export const withoutPrefix = (typed: string): string =>
  typed.startsWith(prefix) ? typed.slice(prefix.length) : typed

/** The one of these names that was probably meant, whatever the case of its letters. */
export function closestName(typed: string, names: readonly string[]): string | null {
  const found = closest(
    typed.toLowerCase(),
    names.map((name) => name.toLowerCase())
  )
  return names.find((name) => sameName(name, found ?? '')) ?? null
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

async function unknownModel(
  connection: Connection,
  id: string,
  models: readonly LocalModel[]
): Promise<HomeportError> {
  const near = closestName(
    id,
    models.map((model) => model.id)
  )
  if (near !== null) return notHere(id, `Did you mean ${near}?`)
  const { models: catalog } = await connection.invoke('GET /app/catalog')
  return catalog.some((model) => sameName(model.id, id))
    ? notHere(id, `Get it with: homeport model pull ${id.toLowerCase()}`)
    : notHere(id, 'See those that are here with: homeport model list --here')
}

const notHere = (id: string, action: string): HomeportError =>
  new HomeportError('not-found', `There is no model "${id}" on this machine`, { action })
