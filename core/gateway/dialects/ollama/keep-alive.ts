/** Whether `keep_alive` asks for the model to go at once: 0, or a duration of nothing (`0s`). */
export function asksToUnload(keepAlive: unknown): boolean {
  return keepAlive === 0 || (typeof keepAlive === 'string' && /^0+(ns|us|µs|ms|s|m|h)?$/.test(keepAlive))
}
