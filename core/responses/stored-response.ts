/** An item or a response as JSON of the Responses API; what this room reads of it, it checks. */
export type ResponseJson = Readonly<Record<string, unknown>>

/** One answer of the Responses API, and what was asked for it. */
export interface StoredResponse {
  id: string
  /** The response that this one goes on from. */
  previousId: string | null
  /** Milliseconds UTC. */
  createdAt: number
  /** The whole response object, with `output`. */
  response: ResponseJson
  /** The items of its own request, without those of earlier turns. */
  input: readonly ResponseJson[]
}
