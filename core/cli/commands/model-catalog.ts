import type { CatalogModel, FoundRepo, OfferedFile } from '../../contract/downloads.ts'
import { parameterCount, size } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { localTime } from '../local-time.ts'
import { abilityWords, fitWords } from '../model-words.ts'
import type { Terminal } from '../terminal.ts'
import { pick } from '../wanted-model.ts'

const unnamed = { file: null, quantization: null }

export const modelCatalogCommand = defineCommand({
  name: 'model catalog',
  summary: 'list models known to be good, and how they fit this machine; asks nobody',
  args: [],
  options: {
    ...dataDirOption,
    ...jsonOption,
    fits: { type: 'boolean', help: 'only what fits this machine' }
  },
  examples: ['homeport model catalog --fits', 'homeport model pull qwen3.5-4b'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { models: all } = await connection.invoke('GET /app/catalog')
      const models = values.fits ? all.filter(({ files }) => pick(files, unnamed) !== null) : all
      if (values.json) terminal.json({ models })
      else {
        terminal.table(
          ['Model', 'For', 'Parameters', 'Context', 'Can', 'File', 'Size', 'Fit', 'Good for'],
          models.map(catalogRow)
        )
        terminal.note('Get one with: homeport model pull MODEL')
      }
      return 0
    })
})

function catalogRow(model: CatalogModel): string[] {
  const file = pick(model.files, unnamed) ?? model.files[0]
  return [
    model.id,
    model.kind,
    parameterCount(model.parameters),
    String(model.contextTokens),
    abilityWords(model.abilities),
    ...(file ? fileCells(file) : ['', '', '']),
    model.goodFor
  ]
}

const fileCells = ({ quantization, sizeBytes, fit, installedAs }: OfferedFile): string[] => [
  quantization ?? '',
  sizeBytes === null ? '' : size(sizeBytes),
  installedAs === null ? fitWords(fit) : 'here'
]

export const modelSearchCommand = defineCommand({
  name: 'model search',
  summary: 'ask Hugging Face for models, or with OWNER/REPO for the files of one',
  args: ['QUERY'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport model search "qwen3 coder"', 'homeport model search unsloth/Qwen3-4B-GGUF'],
  run: ({ args: [query = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { onDevice } = await connection.invoke('GET /app/settings')
      terminal.note(
        `Asking ${onDevice.mirrorUrl === null ? 'Hugging Face' : new URL(onDevice.mirrorUrl).host}…`
      )
      const isRepo = /^[\w.-]+\/[\w.-]+$/.test(query)
      const print = isRepo ? printFiles : printRepos
      await print(connection, query, values.json === true, terminal)
      return 0
    })
})

async function printRepos(
  connection: Connection,
  query: string,
  asJson: boolean,
  terminal: Terminal
): Promise<void> {
  const answer = await connection.invoke('GET /app/model-search', { query: { query } })
  if (asJson) return terminal.json(answer)
  if (answer.repos.length === 0) return terminal.line('Nothing found.')
  terminal.table(['Repository', 'Downloads', 'Likes', 'Updated', 'Licence', ''], answer.repos.map(repoRow))
  terminal.note('See the files of one with: homeport model search OWNER/REPO')
}

async function printFiles(
  connection: Connection,
  repo: string,
  asJson: boolean,
  terminal: Terminal
): Promise<void> {
  const answer = await connection.invoke('GET /app/model-search/files', { query: { repo } })
  if (asJson) return terminal.json(answer)
  if (answer.files.length === 0) return terminal.line('There are no GGUF files.')
  terminal.table(
    ['File', 'Quantization', 'Size', 'Fit'],
    answer.files.map((file) => [file.file, ...fileCells(file)])
  )
  terminal.note(`Get one with: homeport model pull ${repo}:QUANTIZATION`)
}

const repoRow = (repo: FoundRepo): string[] => [
  repo.repo,
  String(repo.downloads),
  String(repo.likes),
  repo.updatedAt === null ? '' : localTime(repo.updatedAt).slice(0, 10),
  repo.licence ?? '',
  repo.gated ? 'asks for agreement to its terms' : ''
]
