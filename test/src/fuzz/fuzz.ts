import type fc from 'fast-check'
import type { Guard } from './guard.js'

/** What is done with random scripts of one protocol. */
export interface Fuzz<Script> {
  readonly scripts: fc.Arbitrary<Script>
  /** Plays a script to a bare server and to ones with Even Keel; what is found, if anything is. */
  trial(script: Script, guard: Guard): Promise<Trial>
  /** The script for a reader. */
  show(script: Script): string
}

export interface Trial {
  readonly fault?: Fault | undefined
  /** Differences that were not seen again: Node itself is not deterministic there. */
  readonly unsteady: readonly Fault[]
}

export interface Fault {
  /** Which of the servers it was. */
  readonly where: string
  readonly what: string
  /** What came of the script at a bare server, and at this one. */
  readonly bare: object
  readonly ours: object
}
