import type { ServerOptions } from '@evenkeel/node'
import type { Guard } from './guard.js'
import type { Line } from './line.js'

/** What came of a script at one server, whatever it speaks. */
export interface Transcript {
  /** How the connection has ended. */
  readonly ended: Line['ended']
  /** What the application saw, in order. */
  readonly seen: readonly string[]
  /** What was thrown past every handler. */
  readonly thrown: readonly string[]
  /** What is wrong with the keel's own books. */
  readonly books: readonly string[]
}

/** What a script is played to. */
export interface Stage {
  readonly guard: Guard
  /** None for a bare server. */
  readonly options?: ServerOptions
  /** Whether Even Keel's own steps are played. */
  readonly steered?: boolean
}

/** What may never be, whatever the limits are. */
export function misbehaved(bare: Transcript, ours: Transcript): string | undefined {
  const thrown = ours.thrown.filter((error) => !bare.thrown.includes(error))
  if (thrown.length > 0) return `thrown: ${thrown.join('\n')}`
  if (ours.books.length > 0) return `books: ${ours.books.join(', ')}`
  return undefined
}
