import { tmpdir } from 'node:os'
import { join } from 'node:path'

const home = join(tmpdir(), 'homeport-empty-home')

/** A home folder with nothing in it: models of other programs on the machine are none of a test's business. */
export const emptyHome = { HOME: home, USERPROFILE: home, XDG_DATA_HOME: home, OLLAMA_MODELS: home }
