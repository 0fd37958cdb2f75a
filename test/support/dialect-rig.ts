import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type DaemonProcess, startDaemon } from './daemon-process.ts'
import { type ScriptedUpstream, startScriptedUpstream } from './scripted-upstream.ts'

/** A daemon in front of an upstream that speaks a vendor's own dialect, and of one that speaks OpenAI's. */
export interface DialectRig {
  daemon: DaemonProcess
  native: ScriptedUpstream
  /** Has one model, `gpt`, at the provider `other`. */
  other: ScriptedUpstream
  /** Of an app key. */
  secret: string
}

/**
 * Runs one for all tests of a file, and forgets what was asked before each of them; its members are there once hooks run.
 * `connect` prepares the native upstream and gives it as a provider.
 */
export function dialectRig(app: string, connect: (native: ScriptedUpstream) => object): DialectRig {
  const rig: Partial<DialectRig> = {}
  beforeAll(async () => {
    const native = await startScriptedUpstream([])
    rig.native = native
    const other = await startScriptedUpstream(['gpt'])
    rig.other = other
    const daemon = await startDaemon()
    rig.daemon = daemon
    await daemon.app('POST /app/providers', connect(native))
    await daemon.app('POST /app/providers', { id: 'other', baseUrl: other.baseUrl })
    rig.secret = (await daemon.app('POST /app/keys', { name: app })).secret
  })
  afterAll(async () => {
    await rig.daemon?.stop()
    await rig.native?.close()
    await rig.other?.close()
  })
  beforeEach(() => {
    for (const { requests } of [rig.native, rig.other].filter((one) => one !== undefined)) requests.length = 0
  })
  // proven: all of it is there before the first hook that comes after these, and the first test
  return rig as DialectRig
}
