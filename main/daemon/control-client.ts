import type { z } from 'zod'
import {
  type AppBodyInput,
  type AppResponse,
  type AppRouteKey,
  appRoutes
} from '../../core/contract/app-routes.ts'
import { HomeportError } from '../../core/errors/homeport-error.ts'

/** Where a daemon listens, and a credential for it: a session or its control token. */
export interface DaemonAddress {
  baseUrl: string
  token: string
}

const timeoutMs = 5000

export const baseUrlOf = (port: number) => `http://127.0.0.1:${port}`

/** Calls one route of the control API that has no parameters. Rejects when it does not answer with a success. */
export async function callDaemon<K extends AppRouteKey>(
  address: DaemonAddress,
  key: K,
  body?: AppBodyInput<K>
): Promise<AppResponse<K>> {
  const [method = '', path = ''] = key.split(' ')
  const response = await fetch(address.baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    signal: AbortSignal.timeout(timeoutMs)
  })
  if (!response.ok)
    throw new HomeportError('unavailable', `The service answered ${response.status} to ${key}`)
  const schema: z.ZodType = appRoutes[key].response
  // proven boundary: the schema of this very route has just checked it
  return schema.parse(await response.json()) as AppResponse<K>
}
