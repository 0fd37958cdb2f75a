import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { percentile } from './percentile.ts'

/** Asks a server again and again from a process of its own, and says how long each answer took. */
const client = `
const http = require('node:http')
const agent = new http.Agent({ keepAlive: true })
let asking = true
process.stdin.on('end', () => { asking = false }).resume()
const times = []
const ask = () => new Promise((resolve, reject) => {
  const start = performance.now()
  http.get({ port: process.argv[1], agent }, (answer) => {
    answer.resume().on('end', () => { times.push(performance.now() - start); resolve() })
  }).on('error', reject)
})
;(async () => {
  while (asking) { await ask(); await new Promise((resolve) => setTimeout(resolve, 5)) }
  process.stdout.write(JSON.stringify(times), () => process.exit())
})()`

export interface LatencyProbe {
  /** The 95th percentile of answers so far, in milliseconds. */
  stop(): Promise<number>
}

/** Measures how long requests take that this thread answers: the one a gateway runs on. */
export async function probeLatency(): Promise<LatencyProbe> {
  const server = createServer((_, response) => response.end('{"ok":true}'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, ['-e', client, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  return {
    async stop() {
      child.stdin.end()
      await once(child, 'exit')
      server.closeAllConnections()
      server.close()
      const times: number[] = JSON.parse(said)
      return percentile(times, 95)
    }
  }
}
