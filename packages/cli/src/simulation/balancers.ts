import type { Random } from './random.js'
import type { Server } from './server.js'

/** Chooses the server of a new connection. */
export type Balancer = (address: string, servers: readonly Server[]) => Server

export const balancers: { readonly [Name in BalancerName]: (random: Random) => Balancer } = {
  random: (random) => (_, servers) => serverAt(servers, random.below(servers.length)),
  'round robin': () => {
    let turn = 0
    return (_, servers) => serverAt(servers, turn++ % servers.length)
  },
  'least connections': (random) => (_, servers) => {
    // It begins anywhere, so that the first of equal ones is not always the same.
    const start = random.below(servers.length)
    let least = serverAt(servers, start)
    for (let i = 1; i < servers.length; i++) {
      const server = serverAt(servers, (start + i) % servers.length)
      if (server.open < least.open) least = server
    }
    return least
  },
  'hash, modulo': () => (address, servers) => serverAt(servers, hash(address, 0) % servers.length),
  affinity: (random) => {
    const known = new Map<string, Server>()
    return (address, servers) => {
      const before = known.get(address)
      const server =
        before !== undefined && servers.includes(before)
          ? before
          : serverAt(servers, random.below(servers.length))
      known.set(address, server)
      return server
    }
  },
  'hash, consistent': () => (address, servers) => highest(servers, (server) => hash(address, server.id)),
}

export type BalancerName =
  | 'random'
  | 'round robin'
  | 'least connections'
  | 'affinity'
  | 'hash, modulo'
  | 'hash, consistent'

function highest(servers: readonly Server[], score: (server: Server) => number): Server {
  return servers.reduce((best, server) => (score(server) > score(best) ? server : best))
}

function serverAt(servers: readonly Server[], index: number): Server {
  const server = servers[index]
  if (server === undefined) throw new Error('there is no server')
  return server
}

/** 32 bits of an address, salted: FNV-1a, and the last mixing of MurmurHash3, because FNV alone leaves its ends alike. */
function hash(address: string, salt: number): number {
  let bits = 0x811c9dc5 ^ Math.imul(salt + 1, 0x9e3779b1)
  for (let i = 0; i < address.length; i++) bits = Math.imul(bits ^ address.charCodeAt(i), 0x01000193)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
