/** Turns texts into vectors that lie near each other where the texts mean the same. */
export interface Embedder {
  /** What makes vectors comparable: model and version. Vectors of two ids never meet in one index. */
  readonly id: string
  readonly dimensions: number
  /** How much nearness of meaning counts beside words; weak vectors count less. */
  readonly weight: number
  /** Texts of one call. */
  readonly batch: number
  /**
   * One vector for each text, in their order, of length 1; all zeros where the text has no known word. Throws a
   * HomeportError where the model behind it cannot be asked.
   */
  embed(texts: readonly string[], purpose: 'query' | 'document', signal: AbortSignal): Promise<Float32Array[]>
  /** The same for documents and without waiting, where they are computed on this thread and take no longer than reading a file. */
  embedSync?(texts: readonly string[]): Float32Array[]
}
