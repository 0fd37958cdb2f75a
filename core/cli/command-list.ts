import type { Command } from './command.ts'
import { cacheClearCommand, cacheOffCommand, cacheOnCommand, cacheStatusCommand } from './commands/cache.ts'
import { chatCommand } from './commands/chat.ts'
import { doctorCommand } from './commands/doctor.ts'
import { keyCreateCommand, keyLimitCommand, keyListCommand, keyRevokeCommand } from './commands/key.ts'
import { modelAddCommand, modelListCommand, modelRemoveCommand } from './commands/model.ts'
import { openCommand } from './commands/open.ts'
import {
  providerAddCommand,
  providerListCommand,
  providerRemoveCommand,
  providerTestCommand
} from './commands/provider.ts'
import { serveCommand } from './commands/serve.ts'
import { statusCommand } from './commands/status.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  serveCommand,
  openCommand,
  statusCommand,
  doctorCommand,
  chatCommand,
  keyCreateCommand,
  keyListCommand,
  keyLimitCommand,
  keyRevokeCommand,
  providerAddCommand,
  providerListCommand,
  providerTestCommand,
  providerRemoveCommand,
  modelAddCommand,
  modelListCommand,
  modelRemoveCommand,
  cacheStatusCommand,
  cacheOnCommand,
  cacheOffCommand,
  cacheClearCommand
]
