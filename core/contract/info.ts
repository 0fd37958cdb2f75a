import { z } from 'zod'
import { secretsStatusSchema } from './access.ts'

export const healthSchema = z.object({ ok: z.literal(true), version: z.string() })

/** What a window needs to know about the daemon it talks to. */
export const daemonInfoSchema = z.object({
  version: z.string(),
  pid: z.number().int(),
  port: z.number().int(),
  dataDir: z.string(),
  modelsDir: z.string(),
  headless: z.boolean(),
  paused: z.boolean(),
  secrets: secretsStatusSchema,
  /** Things that went wrong at start and that the person should know (a restored backup, say). */
  notices: z.array(z.string()),
  /** CPU or the GPU backend in use; null until the engine ran once. */
  inferenceBackend: z.string().nullable()
})
export type DaemonInfo = z.infer<typeof daemonInfoSchema>

/** `daemon.json` in the data folder (0600): how others find the daemon that holds the lock. */
export const daemonFileSchema = z.object({
  pid: z.number().int(),
  port: z.number().int(),
  version: z.string(),
  controlToken: z.string()
})
export type DaemonFile = z.infer<typeof daemonFileSchema>

/** One line of `homeport doctor`. */
export const doctorCheckSchema = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  message: z.string()
})
export type DoctorCheck = z.infer<typeof doctorCheckSchema>
