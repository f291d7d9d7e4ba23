import { go } from './go.js'
import { haproxy } from './haproxy.js'
import { nginx } from './nginx.js'
import { age, bare, bareAgain, count, fleet, maxRequestsPerSocket } from './node-peers.js'
import type { Peer } from './peer.js'

/** In the order in which they are measured. Bare Node is first and last, so that a machine that changes is seen. */
export const peers: readonly Peer[] = [
  bare,
  maxRequestsPerSocket,
  count,
  age,
  fleet,
  nginx,
  haproxy,
  go,
  bareAgain,
]
