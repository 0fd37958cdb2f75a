import type { Socket } from 'node:net'
import { encodeFrame } from '../../lib/frames.ts'

/** Writes frames to a socket: those of the same moment in one go, and none later than that. */
export function frameWriter(socket: Pick<Socket, 'cork' | 'uncork' | 'write'>): (frame: unknown) => void {
  let isCorked = false
  return (frame) => {
    if (!isCorked) {
      isCorked = true
      socket.cork()
      process.nextTick(() => {
        isCorked = false
        socket.uncork()
      })
    }
    socket.write(encodeFrame(frame))
  }
}
