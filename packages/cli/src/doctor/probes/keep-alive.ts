import type { Limits } from '../../command/budget.js'
import { CouldNotRun } from '../../command/could-not-run.js'
import type { Subject } from '../channel/subject.js'

/** Two requests on one connection, and what the server says of itself. */
export interface KeepAliveSeen {
  readonly status: number
  /** The `Server` header. */
  readonly server: string | undefined
  /** The `Connection` header of the first response. */
  readonly connection: string | undefined
  /** Whether a second request on the same connection was answered. */
  readonly isKept: boolean
  /** Whether the first response said that the connection ends. */
  readonly saidLast: boolean
  /** What the `Keep-Alive` header promises, in milliseconds and requests. */
  readonly hint: { readonly timeout?: number; readonly max?: number } | undefined
}

export const keepAliveCost: Limits = { connections: 1, requests: 2 }

export async function probeKeepAlive(subject: Subject): Promise<KeepAliveSeen> {
  const channel = await subject.open()
  try {
    const first = await channel.exchange()
    if (first === undefined) {
      throw new CouldNotRun(
        `${subject.target.url.href} ends a connection without an answer`,
        'check the address, and whether it wants https://',
      )
    }
    const saidLast = channel.isLeaving
    const second = saidLast ? undefined : await channel.exchange()
    return {
      status: first.status,
      server: first.headers.get('server'),
      connection: first.headers.get('connection'),
      isKept: second !== undefined,
      saidLast,
      hint: parseHint(first.headers.get('keep-alive')),
    }
  } finally {
    channel.close()
  }
}

/** Reads `timeout=5, max=100`: seconds there, milliseconds here. */
function parseHint(header: string | undefined): KeepAliveSeen['hint'] {
  if (header === undefined) return undefined
  const timeout = /\btimeout\s*=\s*"?(\d+)/i.exec(header)?.[1]
  const max = /\bmax\s*=\s*"?(\d+)/i.exec(header)?.[1]
  return {
    ...(timeout !== undefined && { timeout: Number(timeout) * 1000 }),
    ...(max !== undefined && { max: Number(max) }),
  }
}
