import type { Protocol } from '../channel/channel.js'

/** What is looked at. */
export type Check =
  | 'keep-alive'
  | 'hint'
  | 'idle timeout'
  | 'requests'
  | 'age'
  | 'pipelining'
  | 'upload'
  | 'last upload'
  | 'goaway'

/** `unknown` is what could not be seen. Only `bad` is told by the exit code. */
export type Level = 'fine' | 'note' | 'bad' | 'unknown'

/** One line of the result. */
export interface Finding {
  readonly check: Check
  readonly protocol: Protocol
  readonly level: Level
  readonly seen: string
  readonly verdict: string
  readonly cure?: string
}

/** A finding without what all findings of a protocol share. */
export type Said = Omit<Finding, 'protocol'>
