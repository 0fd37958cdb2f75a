import { statfs } from 'node:fs/promises'
import type { SecretsStatus } from '../../contract/access.ts'
import type { DoctorCheck } from '../../contract/info.ts'
import type { EngineStatus, LocalModel } from '../../contract/local-models.ts'
import type { Provider } from '../../contract/models.ts'
import {
  engineCheck,
  findNvidia,
  localModelsCheck,
  memoryCheck,
  modelsFolderCheck
} from './on-device-checks.ts'

const LOW_DISK_BYTES = 1_000_000_000

/** What the doctor looks at. */
export interface DoctorSubjects {
  dataDir: string
  secrets: SecretsStatus
  providers: Provider[]
  localModels: LocalModel[]
  engine: EngineStatus
  modelsDir: string
  notices: readonly string[]
}

/** Says what is well and what is not, one line each, for a person. */
export async function doctorChecks(subjects: DoctorSubjects): Promise<DoctorCheck[]> {
  const { secrets, providers, localModels, engine, modelsDir, notices } = subjects
  return [
    await diskCheck(subjects.dataDir),
    {
      name: 'Keys',
      state: secrets.backend === 'key-file' ? 'warning' : 'ok',
      message: [secrets.description, secrets.keychainProblem].filter(Boolean).join(' ')
    },
    ...(providers.length === 0
      ? [{ name: 'Providers', state: 'warning', message: 'None yet.' } satisfies DoctorCheck]
      : providers.map(providerCheck)),
    localModelsCheck(localModels),
    await modelsFolderCheck(modelsDir),
    engineCheck(engine, findNvidia()),
    memoryCheck(engine),
    ...notices.map((message): DoctorCheck => ({ name: 'Notice', state: 'warning', message }))
  ]
}

async function diskCheck(dataDir: string): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  return {
    name: 'Data folder',
    state: free < LOW_DISK_BYTES ? 'warning' : 'ok',
    message: `${dataDir} (${(free / 1e9).toFixed(1)} GB free)`
  }
}

function providerCheck({ id, baseUrl, lastTest, models }: Provider): DoctorCheck {
  const name = `Provider ${id}`
  if (!lastTest) return { name, state: 'warning', message: `${baseUrl}: never tested.` }
  return lastTest.ok
    ? {
        name,
        state: 'ok',
        message: `${baseUrl}: ${models.length} ${models.length === 1 ? 'model' : 'models'}.`
      }
    : { name, state: 'problem', message: `${baseUrl}: ${lastTest.message}` }
}
