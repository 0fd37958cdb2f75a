import type { SecretsStatus } from '../contract/access.ts'

/** Keeps the keys of providers. Names are like `provider/openai`; they are no secret. */
export interface Secrets {
  /**
   * Null only when nothing is stored under this name. Throws `unavailable` when something is, and cannot be had now:
   * the keychain is locked or gone, the passphrase missing or wrong, the key file lost.
   */
  get(name: string): Promise<string | null>
  /** Resolves once stored for good. Throws `unavailable` rather than store it less well than the others are. */
  set(name: string, value: string): Promise<void>
  /** Resolves, too, when there was nothing. Throws `unavailable` when it cannot be removed now. */
  delete(name: string): Promise<void>
  /** What protects a secret that is stored now, and what cannot be read. May ask the keychain. */
  status(): Promise<SecretsStatus>
}

export type BackendKind = SecretsStatus['backend']

/** What is written down of a secret. A keychain holds the value itself, so then only the fact. */
export type StoredSecret =
  | { in: 'keychain' }
  | { in: 'passphrase-file' | 'key-file'; nonce: string; data: string }

/** One place that can keep secrets. Reading and changing rejects with `unavailable` when it cannot be used now. */
export interface Backend {
  /** Null when it can be used; otherwise why not, in a sentence. Never rejects. */
  problem(): Promise<string | null>
  store(name: string, value: string): Promise<StoredSecret>
  read(name: string, stored: StoredSecret): Promise<string>
  remove(name: string): Promise<void>
}
