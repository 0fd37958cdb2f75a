import { statSync } from 'node:fs'
import type { DoctorCheck } from '../../contract/info.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { launchConfig } from '../launch-flags.ts'
import { printable } from '../table.ts'

const OLDEST_NODE = 24
const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], problem: ['red', '✗'] } as const

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'check that everything is in order',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport doctor', 'homeport doctor --json'],
  async run({ values, terminal, host }) {
    const { dataDir } = launchConfig(values, host)
    // looked at before anything opens the folder, and puts it in order
    const seenHere = [nodeCheck(process.versions.node), folderCheck(dataDir)]
    const checks = await withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/doctor')
      return [...seenHere, daemonCheck(connection.daemon?.port ?? null), ...answer.checks]
    }).catch((error: unknown) => [...seenHere, failureCheck(error)])

    if (values.json) terminal.json({ checks })
    else
      for (const { state, name, message } of checks) {
        const [style, mark] = marks[state]
        terminal.line(`${terminal.styled(style, mark)} ${printable(name)}: ${printable(message)}`)
      }
    return checks.some((check) => check.state === 'problem') ? 1 : 0
  }
})

function nodeCheck(version: string): DoctorCheck {
  const recent = Number.parseInt(version, 10) >= OLDEST_NODE
  return {
    name: 'Node.js',
    state: recent ? 'ok' : 'problem',
    message: recent ? version : `${version} is too old: install ${OLDEST_NODE} or later`
  }
}

function folderCheck(dataDir: string): DoctorCheck {
  const name = 'Folder access'
  const stat = statSync(dataDir, { throwIfNoEntry: false })
  if (!stat) return { name, state: 'ok', message: 'the data folder is new' }
  if (!stat.isDirectory()) return { name, state: 'problem', message: `${dataDir} is not a folder` }
  const open = process.platform !== 'win32' && (stat.mode & 0o077) !== 0
  return open
    ? { name, state: 'warning', message: 'the data folder was open to other users of this machine' }
    : { name, state: 'ok', message: 'only you can open the data folder' }
}

const daemonCheck = (port: number | null): DoctorCheck => ({
  name: 'Daemon',
  state: 'ok',
  message: port === null ? 'not running; start it with: homeport serve' : `running on 127.0.0.1:${port}`
})

/** A folder that cannot be opened is what a doctor is asked about. */
const failureCheck = (error: unknown): DoctorCheck => ({
  name: 'Start',
  state: 'problem',
  message: error instanceof Error ? error.message : 'the data cannot be opened'
})
