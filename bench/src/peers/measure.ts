import type { Peer } from './peer.js'
import type { Plan } from './plan.js'
import { type Played, play } from './play.js'
import { versionOf } from './program.js'

export interface PeerResult extends Played {
  readonly name: string
}

export interface PeersResults {
  readonly plan: Plan
  readonly results: readonly PeerResult[]
  /** The versions of the programs that were there, besides Node. */
  readonly versions: Readonly<Record<string, string>>
  /** Peers that were left out, and the program that is missing. */
  readonly leftOut: readonly { readonly name: string; readonly missing: string }[]
}

/** One peer after another, so that none takes processors from another. */
export async function measurePeers(
  peers: readonly Peer[],
  plan: Plan,
  progress: (step: string) => void,
): Promise<PeersResults> {
  const results: PeerResult[] = []
  const versions: Record<string, string> = {}
  const leftOut: { name: string; missing: string }[] = []
  for (const peer of peers) {
    const { name, needs } = peer
    const version = needs && versionOf(needs)
    if (needs !== undefined && version === undefined) {
      leftOut.push({ name, missing: needs.command })
      continue
    }
    if (needs !== undefined && version !== undefined) versions[needs.command] = version
    progress(name)
    results.push({ name, ...(await play(peer, plan)) })
  }
  return { plan, results, versions, leftOut }
}
