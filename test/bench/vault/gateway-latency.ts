import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startDaemon } from '../../support/daemon-process.ts'
import { percentile } from './percentile.ts'

/** Asks a chat completion again and again from a process of its own, and says how long each answer took. */
const client = `
const http = require('node:http')
const [port, key] = process.argv.slice(1)
const agent = new http.Agent({ keepAlive: true })
const body = JSON.stringify({ model: 'up/mock', messages: [{ role: 'user', content: 'How are you?' }] })
const headers = { authorization: 'Bearer ' + key, 'content-type': 'application/json', 'content-length': body.length }
let asking = true
process.stdin.on('end', () => { asking = false }).resume()
const times = []
const ask = () => new Promise((resolve, reject) => {
  const start = performance.now()
  const request = http.request({ port, agent, headers, method: 'POST', path: '/v1/chat/completions' }, (answer) => {
    if (answer.statusCode !== 200) reject(new Error('the gateway answered ' + answer.statusCode))
    answer.resume().on('end', () => { times.push(performance.now() - start); resolve() })
  })
  request.on('error', reject).end(body)
})
;(async () => {
  while (asking) { await ask(); await new Promise((resolve) => setTimeout(resolve, 5)) }
  process.stdout.write(JSON.stringify(times), () => process.exit())
})()`

const WARM_UP_MS = 2000
const IDLE_MS = 3000

export interface GatewayLatency {
  /** Of calls of an upstream on this machine, before and while the folder is indexed. Milliseconds. */
  idleP95Ms: number
  busyP95Ms: number
}

/** Measures a whole daemon: how long its gateway's answers take while it indexes a folder. */
export async function gatewayLatency(folder: string): Promise<GatewayLatency> {
  const upstream = spawn(process.execPath, [new URL('../mock.mjs', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const daemon = await startDaemon()
  try {
    const [said] = await once(upstream.stdout, 'data')
    const { port }: { port: number } = JSON.parse(String(said))
    const baseUrl = `http://127.0.0.1:${port}/v1`
    await daemon.app('POST /app/providers', { id: 'up', baseUrl })
    const { secret } = await daemon.app('POST /app/keys', { name: 'bench' })
    await p95While(daemon.baseUrl, secret, () => sleep(WARM_UP_MS))
    const idleP95Ms = await p95While(daemon.baseUrl, secret, () => sleep(IDLE_MS))
    const busyP95Ms = await p95While(daemon.baseUrl, secret, async () => {
      await daemon.app('POST /app/knowledge/sources', { folder })
      for (;;) {
        const [source] = (await daemon.app('GET /app/knowledge/sources')).sources
        if (source?.state === 'ready') return
        if (source?.state !== 'indexing' && source?.state !== 'waiting')
          throw new Error(`it is ${source?.state}`)
        await sleep(200)
      }
    })
    return { idleP95Ms, busyP95Ms }
  } finally {
    await daemon.stop()
    upstream.kill()
  }
}

/** The 95th percentile of answers during some work. */
async function p95While(origin: string, key: string, work: () => Promise<void>): Promise<number> {
  const child = spawn(process.execPath, ['-e', client, new URL(origin).port, key], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  const gone = once(child, 'exit')
  await work()
  child.stdin.end()
  await gone
  const times: number[] = JSON.parse(said)
  return percentile(times, 95)
}
