import { redisCommand, startRedis } from '../redis/server.js'
import type { Kind } from './node-server.js'
import { nodeServers } from './node-servers.js'
import type { Peer } from './peer.js'
import { Site } from './site.js'

export const bare: Peer = nodePeer('Node, bare', 'bare')
export const bareAgain: Peer = nodePeer('Node, bare, again', 'bare')
export const maxRequestsPerSocket: Peer = nodePeer('Node, `maxRequestsPerSocket`', 'maxRequestsPerSocket')
export const count: Peer = nodePeer('Even Keel, a count', 'count')
export const age: Peer = nodePeer('Even Keel, an age', 'age')

/** With the Redis where its members meet, whose CPU time counts as well. */
export const fleet: Peer = {
  name: 'Even Keel, a fleet',
  needs: { command: redisCommand, version: '--version' },
  async start(plan) {
    const redis = await startRedis()
    return Site.open(plan.serversAtFirst, nodeServers('fleet', plan, redis.url), { beside: redis })
  },
}

function nodePeer(name: string, kind: Kind): Peer {
  return { name, start: (plan) => Site.open(plan.serversAtFirst, nodeServers(kind, plan)) }
}
