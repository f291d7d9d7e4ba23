import { didYouMean, OptionError, type Peer, peers, show } from '@evenkeel/core'

/** How much longer than its peer the server keeps a connection, in seconds. */
const margin = 5

/**
 * The `idleTimeout` for a server behind a known peer, in milliseconds: 5 seconds more than that peer keeps an idle
 * connection by default, so that the peer closes first.
 *
 * @throws {@link OptionError} for a peer that is not known.
 */
export function idleTimeoutBehind(peer: Peer): number {
  if (Object.hasOwn(peers, peer)) return (peers[peer] + margin) * 1000
  const known = Object.keys(peers)
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    'peer',
    peer,
    `idleTimeoutBehind knows no peer ${show(peer)}`,
    didYouMean(peer, known, `use one of ${known.join(', ')}, or set idleTimeout above your peer's own`),
  )
}
