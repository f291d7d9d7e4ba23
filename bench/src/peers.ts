import { readFile, writeFile } from 'node:fs/promises'
import { thisMachine } from './machine.js'
import { measurePeers, type PeersResults } from './peers/measure.js'
import { measuredPart, rewrite } from './peers/page.js'
import { peers } from './peers/peers.js'
import { planPeers } from './peers/plan.js'

export interface PeersFlags {
  /** For each peer. */
  readonly seconds: number
  /** Words, one of which the name of a peer contains. All peers by default. */
  readonly only?: readonly string[]
  /** The page that gets the table. */
  readonly write?: string
}

/** Measures the peers that were chosen, and writes the page that was asked for. */
export async function comparePeers(
  { seconds, only, write }: PeersFlags,
  progress: (step: string) => void,
): Promise<PeersResults> {
  // Its load is that of others until the measuring begins.
  const machine = thisMachine()
  const chosen = peers.filter(({ name }) => only?.some((word) => name.includes(word)) ?? true)
  if (chosen.length === 0) throw new Error(`no peer has ${only?.join(' or ')} in its name`)
  // A page without marks is refused before minutes have gone into it.
  if (write !== undefined) rewrite(await readFile(write, 'utf8'), '')
  const results = await measurePeers(chosen, planPeers(seconds), progress)
  if (write !== undefined) {
    const measured = measuredPart(results, machine, new Date())
    await writeFile(write, rewrite(await readFile(write, 'utf8'), measured))
  }
  return results
}
