import { z } from 'zod'

/** Where nobody set one. Words say whether two questions are the same; this is for what words alone would let pass. */
export const DEFAULT_SIMILARITY = 0.6

/** Answers kept to be given again to the same request of the same app key. */
export const cacheSettingsSchema = z.strictObject({
  /** For every request. While it is off, only a client that asks for it by header uses it. */
  enabled: z.boolean(),
  /** How long an answer is kept. */
  ttlSeconds: z.number().int().min(1).max(31_536_000),
  /** Of kept answers, compressed. Those unused longest go first. */
  maxMegabytes: z.number().int().min(1).max(100_000),
  /** Also for a last message that only means the same, with all before it equal. Absent: off. */
  semantic: z
    .strictObject({
      enabled: z.boolean(),
      /** Cosine from which two messages that ask the same in words count as the same. */
      threshold: z.number().min(0.5).max(1),
      /** Thresholds of single app keys, by their ids, whatever holds for the others; null: never. */
      keys: z.record(z.string().max(100), z.number().min(0.5).max(1).nullable()).optional()
    })
    .optional()
})
export type CacheSettings = z.infer<typeof cacheSettingsSchema>

/** Models on this machine. */
export const onDeviceSettingsSchema = z.strictObject({
  /** What all loaded models together may take; null: chosen for this machine. */
  memoryMegabytes: z.number().int().min(64).max(10_000_000).nullable(),
  /** Full paths of further folders that are looked through for models. */
  folders: z.array(z.string().min(1).max(4000)).max(50),
  /** Use the models of Ollama, LM Studio and Jan where they are. */
  otherPrograms: z.boolean(),
  /** Where models are downloaded from, in place of https://huggingface.co. */
  mirrorUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  /** Files downloaded at the same time. */
  parallelDownloads: z.number().int().min(1).max(8),
  /** What this machine draws while a model answers, to estimate energy by; null: as far as the system says. */
  watts: z.number().positive().max(100_000).nullable().default(null)
})
export type OnDeviceSettings = z.infer<typeof onDeviceSettingsSchema>

export const knowledgeSettingsSchema = z.strictObject({
  /** `provider/model` or alias of a chat model that puts a chat's questions in other words; null: looked up as they are. */
  rewriter: z.string().min(1).max(300).nullable().default(null),
  /** `provider/model` of a reranker that puts what a chat looked up into its own order; null: as it was found. */
  reranker: z.string().min(1).max(300).nullable().default(null)
})
export type KnowledgeSettings = z.infer<typeof knowledgeSettingsSchema>

/** How long what was recorded is kept. */
export const retentionSchema = z.strictObject({
  bodyDays: z.number().int().min(1).max(3650),
  traceDays: z.number().int().min(1).max(3650),
  /** Of all bodies together, compressed; the oldest go first. */
  bodyMegabytes: z.number().int().min(10).max(1_000_000)
})
/** Spans from and to other programs (OpenTelemetry). */
export const telemetrySettingsSchema = z.strictObject({
  /** Takes spans of this machine's programs that have an app key. */
  receive: z.boolean(),
  receivePort: z.number().int().min(1).max(65_535),
  /** Sends every trace there; null: nowhere. */
  exportUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  /** Prompts and answers too. */
  exportBodies: z.boolean(),
  /** The names of OpenTelemetry's conventions: of their last release in one piece, or those that GenAI has had since. */
  exportConventions: z.enum(['1.41', 'latest']).default('1.41')
})

/** Everything a person can choose in Settings. Each field has its default here, and nowhere else. */
export const settingsSchema = z.object({
  appearance: z.enum(['system', 'light', 'dark']).default('system'),
  /** `provider/model` that new chats and the quick prompt use; null until a model was picked. */
  defaultModel: z.string().max(300).nullable().default(null),
  /** Electron accelerator of the quick prompt. */
  quickPromptShortcut: z.string().min(1).max(60).default('CommandOrControl+Shift+Space'),
  /** Store prompts and answers of API calls in Activity. Numbers are always kept. */
  recordBodies: z.boolean().default(true),
  cache: cacheSettingsSchema.default({ enabled: false, ttlSeconds: 86_400, maxMegabytes: 200 }),
  onDevice: onDeviceSettingsSchema.default({
    memoryMegabytes: null,
    folders: [],
    otherPrograms: true,
    mirrorUrl: null,
    parallelDownloads: 2,
    watts: null
  }),
  retention: retentionSchema.default({ bodyDays: 30, traceDays: 365, bodyMegabytes: 4096 }),
  telemetry: telemetrySettingsSchema.default({
    receive: false,
    receivePort: 4318,
    exportUrl: null,
    exportBodies: false,
    exportConventions: '1.41'
  }),
  knowledge: knowledgeSettingsSchema.default({ rewriter: null, reranker: null }),
  onboardingDone: z.boolean().default(false)
})
export type Settings = z.infer<typeof settingsSchema>

/** A change of some settings. Unknown names are refused. */
export const settingsPatchSchema = z.strictObject({
  appearance: settingsSchema.shape.appearance.unwrap().optional(),
  defaultModel: settingsSchema.shape.defaultModel.unwrap().optional(),
  quickPromptShortcut: settingsSchema.shape.quickPromptShortcut.unwrap().optional(),
  recordBodies: z.boolean().optional(),
  /** Whole: what is not named would otherwise fall back to its default. */
  cache: cacheSettingsSchema.optional(),
  /** Whole. */
  onDevice: onDeviceSettingsSchema.optional(),
  retention: retentionSchema.optional(),
  telemetry: telemetrySettingsSchema.optional(),
  knowledge: knowledgeSettingsSchema.optional(),
  onboardingDone: z.boolean().optional()
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
/** How one daemon process was started: flags win over environment, environment over defaults. */
export const launchConfigSchema = z.object({
  port: z.number().int().min(0).max(65_535),
  dataDir: z.string().min(1),
  logLevel: z.enum(logLevels)
})
export type LaunchConfig = z.infer<typeof launchConfigSchema>

export const DEFAULT_PORT = 7678
/** The app's name in the operating system's place for data. */
export const DATA_FOLDER_NAME = 'homeport'
