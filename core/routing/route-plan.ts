import type { ModelProvider } from '../providers/spec/provider.ts'
import type { Difficulty } from './difficulty.ts'
import type { RequestTraits } from './request-traits.ts'

/** A request as far as routing looks at it. */
export interface RouteRequest {
  /** As the client wrote it: `provider/model`, an alias, `auto`, or a model that one provider has. */
  model: string
  /** Read only where a choice depends on it: a long request is not parsed for nothing. */
  traits: () => RequestTraits
  appKeyId: string | null
  onDeviceOnly: boolean
}

/** A provider with one of its keys. */
export interface Seat {
  provider: ModelProvider
  /** Of the key, from 0. */
  key: number
}

/** A model that may be asked. */
export interface Candidate {
  /** `provider/model`. */
  address: string
  provider: ModelProvider
  /** Its id at the provider. */
  model: string
  /** Whose key to use, in this order; never empty. */
  seats: readonly Seat[]
  why: string
}

/** Why a model is asked that no alias chose. */
export const ASKED_BY_NAME = 'asked for by its name'

export const hadChoice = ({ why }: RoutePlan): boolean => why !== ASKED_BY_NAME

/** Who is asked, in which order, and how long each is waited for. */
export interface RoutePlan {
  /** One sentence. */
  why: string
  /** Never empty. */
  order: readonly Candidate[]
  leftOut: readonly { model: string; why: string }[]
  difficulty: Difficulty | null
  fallbackOnRefusal: boolean
  /** Null where nobody said; the pipeline's own apply. */
  firstTokenTimeoutMs: number | null
  idleTimeoutMs: number | null
  /** Scopes that its alias looks answers up in; absent where none does. */
  knowledge?: readonly string[]
}
