/** What an answer may name its server with. */
export interface Answer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** As `Set-Cookie` gave them, without attributes. */
  readonly cookies: Readonly<Record<string, string>>
  /** Its beginning. */
  readonly body: string
}
