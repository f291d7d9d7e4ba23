/** Where requests go, and how. */
export interface Target {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** How long to wait for an answer, in milliseconds. */
  readonly timeout: number
  /** Whether any certificate will do. */
  readonly isInsecure: boolean
  readonly signal: AbortSignal
}
