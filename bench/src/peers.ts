import { measurePeers, type PeersResults } from './peers/measure.js'
import { peers } from './peers/peers.js'
import { planPeers } from './peers/plan.js'

export interface PeersFlags {
  /** For each peer. */
  readonly seconds: number
  /** Words, one of which the name of a peer contains. All peers by default. */
  readonly only?: readonly string[]
}

/** Measures the peers that were chosen. */
export async function comparePeers(
  { seconds, only }: PeersFlags,
  progress: (step: string) => void,
): Promise<PeersResults> {
  const chosen = peers.filter(({ name }) => only?.some((word) => name.includes(word)) ?? true)
  if (chosen.length === 0) throw new Error(`no peer has ${only?.join(' or ')} in its name`)
  return measurePeers(chosen, planPeers(seconds), progress)
}
