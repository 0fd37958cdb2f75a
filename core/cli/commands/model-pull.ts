import type { Download } from '../../contract/downloads.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { CliHost } from '../cli-host.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { withConnection } from '../connect.ts'
import { downloadProgress } from '../download-progress.ts'
import { followDownload } from '../follow-download.ts'
import { onInterrupt } from '../interrupt.ts'
import { fitWords } from '../model-words.ts'
import { printable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { EXIT_INTERRUPTED } from '../turn.ts'
import { type FoundFile, findWanted, readWanted } from '../wanted-model.ts'

export const modelPullCommand = defineCommand({
  name: 'model pull',
  summary: 'download a model of the catalog, or any GGUF file at Hugging Face; goes on where it stopped',
  args: ['MODEL'],
  options: {
    ...dataDirOption,
    revision: {
      type: 'string',
      value: 'NAME',
      help: 'branch, tag or commit of the repository (default: main)'
    },
    json: { type: 'boolean', help: 'print its progress as one JSON document a line' }
  },
  examples: [
    'homeport model pull qwen3.5-4b                       (see: homeport model catalog)',
    'homeport model pull qwen3.5-4b:Q8_0',
    'homeport model pull unsloth/gemma-3-4b-it-GGUF:Q4_K_M',
    'homeport model pull OWNER/REPO/FILE.gguf'
  ],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const found = await findWanted(connection, readWanted(typed, values.revision))
      const { repo, revision, offered } = found
      if (offered.installedAs !== null)
        return alreadyHere(offered.installedAs, values.json === true, terminal)
      if (!values.json) announce(found, terminal)

      const pause = new AbortController()
      const unsubscribe = onInterrupt(() => pause.abort())
      const progress = showProgress(values.json === true, terminal, host)
      try {
        const wanted = { repo, file: offered.file, revision }
        const download = await followDownload(connection, wanted, progress.show, pause.signal)
        progress.end()
        return conclude(
          download,
          { typed, interrupted: pause.signal.aborted },
          values.json === true,
          terminal
        )
      } finally {
        progress.end()
        unsubscribe()
      }
    })
})

function alreadyHere(id: string, asJson: boolean, terminal: Terminal): number {
  if (asJson) terminal.line(JSON.stringify({ state: 'done', modelId: id }))
  else terminal.line(`on-device/${printable(id)} is here already.`)
  return 0
}

function announce({ repo, offered }: FoundFile, terminal: Terminal): void {
  terminal.note(printable(`${repo}: ${offered.file}`))
  if (offered.fit.verdict === 'no') {
    terminal.note(`It will not run on this machine as it is (${fitWords(offered.fit)}).`)
  }
}

function showProgress(asJson: boolean, terminal: Terminal, { stderr }: CliHost) {
  if (!asJson) return downloadProgress(stderr)
  return { show: (download: Download) => terminal.line(JSON.stringify(download)), end() {} }
}

function conclude(
  { state, modelId, problem }: Download,
  { typed, interrupted }: { typed: string; interrupted: boolean },
  asJson: boolean,
  terminal: Terminal
): number {
  if (state === 'failed') {
    throw new HomeportError('upstream-failed', problem ?? 'The download failed')
  }
  if (state === 'paused') {
    terminal.note(`Paused. Go on with: homeport model pull ${typed}`)
    return interrupted ? EXIT_INTERRUPTED : 1
  }
  if (!asJson && modelId !== null) {
    terminal.line(`Added on-device/${printable(modelId)}.`)
    terminal.note(`Try it: homeport model run ${printable(modelId)} "Hello"`)
  }
  return 0
}
