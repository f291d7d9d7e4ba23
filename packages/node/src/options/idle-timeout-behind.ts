import { didYouMean, idleBehind, OptionError, type Peer, peers, show } from '@evenkeel/core'

/**
 * The `idleTimeout` for a server behind a known peer, in milliseconds. Behind a proxy it is 5 seconds more than the
 * proxy keeps an idle connection by default, so that the proxy closes first. Behind a layer-4 balancer (`aws-nlb`,
 * `azure`) it is 5 seconds less: that one forgets the connection without a word, and its client would lose a request.
 *
 * @throws {@link OptionError} for a peer that is not known.
 */
export function idleTimeoutBehind(peer: Peer): number {
  if (Object.hasOwn(peers, peer)) return idleBehind(peer) * 1000
  const known = Object.keys(peers)
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    'peer',
    peer,
    `idleTimeoutBehind knows no peer ${show(peer)}`,
    didYouMean(peer, known, `use one of ${known.join(', ')}, or set idleTimeout above your peer's own`),
  )
}
