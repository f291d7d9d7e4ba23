/** The server has closed the connection. */
export class Ended extends Error {
  readonly code = 'ECONNRESET'
}

/** Whether a request got no answer because the server has ended the connection. */
export function isEnd(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'ECONNRESET' || code === 'EPIPE'
}
