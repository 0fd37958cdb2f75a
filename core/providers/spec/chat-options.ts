import type { CacheTtl } from './prompt.ts'

/** A function that the client runs when the model asks for it. */
export interface ChatTool {
  name: string
  description?: string
  /** JSON Schema of its parameters, as the client wrote it. Null for a tool without any. */
  parameters: Readonly<Record<string, unknown>> | null
  /** The provider must hold the arguments to the schema. */
  strict?: boolean
  cache?: CacheTtl
}

/** `required`: some tool must be called. `none`: no tool may be. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

/** How much a model thinks before it answers. Vendors ask by an effort or by a number of tokens; either may be given. */
export interface ReasoningRequest {
  effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'
  budgetTokens?: number
  /** Whether the client wants to read what was thought, where that is optional. */
  show?: boolean
}

/** How the answer must look. `json`: any JSON value. */
export type OutputFormat =
  | 'text'
  | 'json'
  | { name: string; schema: unknown; description?: string; strict?: boolean }
