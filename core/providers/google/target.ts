/** What a request is written for. */
export interface ContentTarget {
  model: string
  /** Where files of Google's Files API are. */
  filesUrl: string
}
