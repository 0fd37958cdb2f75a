import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { connectToDaemon } from '../connect.ts'
import { launchConfig } from '../launch-flags.ts'

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'say whether Homeport runs, and where',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport status', 'homeport status --json'],
  async run({ values, terminal, host }) {
    const { dataDir } = launchConfig(values, host)
    const connection = await connectToDaemon(dataDir)
    if (connection === null) {
      if (values.json) terminal.json({ running: false, dataDir })
      else terminal.line('Homeport is not running. Start it with: homeport serve')
      return 0
    }
    try {
      const info = await connection.invoke('GET /app/info')
      const spend = await connection.invoke('GET /app/spend')
      if (values.json) terminal.json({ running: true, ...info, spendToday: spend })
      else {
        terminal.facts([
          ['Homeport', `${info.version}, running${info.paused ? ', gateway paused' : ''}`],
          ['Address', `http://127.0.0.1:${info.port}/v1`],
          ['Process', String(info.pid)],
          ['Data', info.dataDir],
          ['Keys', info.secrets.description],
          ['Today', `${spend.calls} calls, $${(spend.nanoUsd / 1e9).toFixed(4)}`]
        ])
        for (const notice of info.notices) terminal.note(notice)
      }
      return 0
    } finally {
      await connection.close()
    }
  }
})
