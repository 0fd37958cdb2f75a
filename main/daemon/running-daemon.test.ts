import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRunningDaemon } from './running-daemon.ts'

const token = 'control-token'
let dataDir: string
let servers: Server[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeport-running-'))
  servers = []
})
afterEach(() => {
  for (const server of servers) server.close().closeAllConnections()
  rmSync(dataDir, { recursive: true, force: true })
})

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** As a daemon answers that takes `accepted` as its control token. */
const daemonAnswers =
  (accepted: string): RequestListener =>
  (request, response) => {
    if (request.url === '/health') return response.end(JSON.stringify({ ok: true, version: '0.1.0' }))
    response.statusCode = request.headers.authorization === `Bearer ${accepted}` ? 200 : 401
    return response.end('{}')
  }

function leaveFile(port: number, version = '0.1.0') {
  const file = { pid: process.pid, port, version, controlToken: token }
  writeFileSync(join(dataDir, 'daemon.json'), JSON.stringify(file))
  return file
}

describe('findRunningDaemon', () => {
  it.each([
    ['0.1.0', 'same'],
    ['0.0.9', 'older'],
    ['0.2.0', 'newer']
  ])('finds a daemon of version %s to be the %s', async (version, kind) => {
    const file = leaveFile(await listen(daemonAnswers(token)), version)
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind, file })
  })

  it('finds none where there is no file, or one that nobody can read', async () => {
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind: 'none' })
    writeFileSync(join(dataDir, 'daemon.json'), '{"pid":')
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind: 'none' })
  })

  it('does not take a file left by a killed daemon for a running one', async () => {
    const port = await listen(daemonAnswers(token))
    leaveFile(port)
    await new Promise((resolve) => servers[0]?.close(resolve))
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind: 'none' })
  })

  it('does not take the daemon of another data folder for ours', async () => {
    leaveFile(await listen(daemonAnswers('another token')))
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind: 'none' })
  })

  it('does not give the token to a program that is no daemon', async () => {
    const seen: (string | undefined)[] = []
    const port = await listen((request, response) => {
      seen.push(request.headers.authorization)
      response.end('<html>')
    })
    leaveFile(port)
    expect(await findRunningDaemon(dataDir, '0.1.0')).toEqual({ kind: 'none' })
    expect(seen).toEqual([undefined])
  })
})
