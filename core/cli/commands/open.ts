import { HomeportError } from '../../errors/homeport-error.ts'
import { openBrowser } from '../browser.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { connectToDaemon } from '../connect.ts'
import { launchConfig } from '../launch-flags.ts'

export const openCommand = defineCommand({
  name: 'open',
  summary: 'open the running Homeport in the browser',
  args: [],
  options: { ...dataDirOption, 'no-open': { type: 'boolean', help: 'only print the link' } },
  examples: ['homeport open', 'homeport open --no-open'],
  async run({ values, terminal, host }) {
    const { dataDir } = launchConfig(values, host)
    const connection = await connectToDaemon(dataDir)
    if (connection === null)
      throw new HomeportError('unavailable', 'Homeport is not running', {
        action: 'Start it with: homeport serve'
      })
    try {
      const { url } = await connection.invoke('POST /app/codes')
      terminal.line(url)
      if (terminal.interactive && !values['no-open']) openBrowser(url, host.env)
      return 0
    } finally {
      await connection.close()
    }
  }
})
