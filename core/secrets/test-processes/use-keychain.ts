import { silentLogger } from '../../lib/logger.ts'
import { openSecrets } from '../open-secrets.ts'

// One start of a program that uses the system's real keychain: `set NAME VALUE`, `get NAME`, `delete NAME` or `status`.
const [dataDir = '', act = '', name = '', value = ''] = process.argv.slice(2)
const secrets = openSecrets({ dataDir, logger: silentLogger })
let said: unknown = null
if (act === 'set') await secrets.set(name, value)
if (act === 'get') said = await secrets.get(name)
if (act === 'delete') await secrets.delete(name)
if (act === 'status') said = await secrets.status()
process.stdout.write(JSON.stringify(said))
