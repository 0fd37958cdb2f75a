export const systems = [
  { value: 'mac', label: 'macOS' },
  { value: 'linux', label: 'Linux' },
  { value: 'windows', label: 'Windows' }
] as const
export type System = (typeof systems)[number]['value']

/** What goes into a set-up. */
export interface SetupValues {
  /** The gateway, without a path: `http://127.0.0.1:7678`. */
  baseUrl: string
  key: string
  /** `provider/model`, or an alias. */
  model: string
  /** The model's context window; null where nobody knows, as for an alias of several. */
  contextTokens: number | null
  system: System
}

/** One thing to do: put code into a file or a terminal, or type values into fields. */
export interface SetupStep {
  title: string
  text?: string
  /** Where the code belongs, on the system asked for. Absent: it is run in a terminal. */
  file?: string
  code?: {
    language: 'bash' | 'powershell' | 'json' | 'toml' | 'yaml' | 'python' | 'javascript' | 'dotenv'
    text: string
  }
  /** Fields of a settings page, under the names they have there. */
  fields?: { label: string; value: string }[]
}

export interface ConnectTool {
  /** Also the last part of its address in the window. */
  id: string
  name: string
  group: 'Coding agents' | 'Editors' | 'Chat' | 'Notes' | 'Your own code'
  /** The API it speaks to Homeport. */
  dialect: 'openai-chat' | 'openai-responses' | 'anthropic' | 'google'
  /** The vendor's page on this. */
  docs: string
  /** What does not work, or must be known first. */
  caution?: string
  steps: (values: SetupValues) => SetupStep[]
  /** How it gets to read the notes indexed here; absent where it does not speak the Model Context Protocol. */
  notes?: (values: SetupValues) => Omit<SetupStep, 'title'>
}
