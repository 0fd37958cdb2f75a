import type { Command } from './command.ts'
import { alertsListCommand, alertsNoticesCommand } from './commands/alerts.ts'
import {
  aliasListCommand,
  aliasRemoveCommand,
  aliasSetCommand,
  aliasShowCommand,
  aliasWhyCommand
} from './commands/alias.ts'
import {
  budgetAddCommand,
  budgetListCommand,
  budgetRemoveCommand,
  budgetSetCommand
} from './commands/budget.ts'
import { cacheClearCommand, cacheOffCommand, cacheOnCommand, cacheStatusCommand } from './commands/cache.ts'
import { chatCommand } from './commands/chat.ts'
import { configExportCommand, configImportCommand } from './commands/config.ts'
import { costsCommand } from './commands/costs.ts'
import { doctorCommand } from './commands/doctor.ts'
import {
  keyCreateCommand,
  keyLimitCommand,
  keyListCommand,
  keyPauseCommand,
  keyResumeCommand,
  keyRevokeCommand
} from './commands/key.ts'
import { mcpCommand } from './commands/mcp.ts'
import { modelAddCommand, modelRemoveCommand } from './commands/model.ts'
import { modelCatalogCommand, modelSearchCommand } from './commands/model-catalog.ts'
import { modelListCommand } from './commands/model-list.ts'
import {
  modelCalibrateCommand,
  modelLoadCommand,
  modelPsCommand,
  modelUnloadCommand
} from './commands/model-memory.ts'
import { modelPullCommand } from './commands/model-pull.ts'
import { modelRunCommand } from './commands/model-run.ts'
import { modelSetCommand } from './commands/model-set.ts'
import { modelShowCommand } from './commands/model-show.ts'
import { openCommand } from './commands/open.ts'
import {
  providerAddCommand,
  providerListCommand,
  providerRemoveCommand,
  providerTestCommand,
  providerUpdateCommand
} from './commands/provider.ts'
import { providerKindsCommand } from './commands/provider-kinds.ts'
import { searchCommand } from './commands/search.ts'
import { serveCommand } from './commands/serve.ts'
import { statusCommand } from './commands/status.ts'
import { tracesCommand } from './commands/traces.ts'
import {
  vaultAddCommand,
  vaultListCommand,
  vaultRemoveCommand,
  vaultRescanCommand
} from './commands/vault.ts'
import { vaultStatusCommand } from './commands/vault-status.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  serveCommand,
  openCommand,
  statusCommand,
  doctorCommand,
  chatCommand,
  searchCommand,
  vaultAddCommand,
  vaultListCommand,
  vaultStatusCommand,
  vaultRescanCommand,
  vaultRemoveCommand,
  costsCommand,
  tracesCommand,
  mcpCommand,
  keyCreateCommand,
  keyListCommand,
  keyLimitCommand,
  keyPauseCommand,
  keyResumeCommand,
  keyRevokeCommand,
  providerAddCommand,
  providerUpdateCommand,
  providerListCommand,
  providerKindsCommand,
  providerTestCommand,
  providerRemoveCommand,
  aliasSetCommand,
  aliasListCommand,
  aliasShowCommand,
  aliasWhyCommand,
  aliasRemoveCommand,
  modelListCommand,
  modelCatalogCommand,
  modelSearchCommand,
  modelPullCommand,
  modelAddCommand,
  modelRemoveCommand,
  modelRunCommand,
  modelShowCommand,
  modelSetCommand,
  modelPsCommand,
  modelLoadCommand,
  modelUnloadCommand,
  modelCalibrateCommand,
  configExportCommand,
  configImportCommand,
  cacheStatusCommand,
  cacheOnCommand,
  cacheOffCommand,
  cacheClearCommand,
  budgetAddCommand,
  budgetListCommand,
  budgetSetCommand,
  budgetRemoveCommand,
  alertsListCommand,
  alertsNoticesCommand
]
