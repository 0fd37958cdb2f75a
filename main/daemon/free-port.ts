import { createServer } from 'node:net'

/** The first port after `taken` that nothing on this machine listens on; null if the next hundred are all in use. */
export async function nextFreePort(taken: number): Promise<number | null> {
  for (let port = taken + 1; port <= Math.min(taken + 100, 65_535); port++) {
    if (await isFree(port)) return port
  }
  return null
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
