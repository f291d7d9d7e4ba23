import type { Limits } from '../command/budget.js'
import type { Protocol } from './channel/channel.js'
import type { Reach } from './channel/subject.js'
import { ageCost } from './probes/age.js'
import { counterCost } from './probes/counter.js'
import { goawayCost } from './probes/goaway.js'
import { idleCost } from './probes/idle.js'
import { keepAliveCost } from './probes/keep-alive.js'
import { pipelineCost } from './probes/pipeline.js'
import { requestsCost } from './probes/requests.js'
import { uploadCost } from './probes/upload.js'

/** What is sent at most, all probes together, to a server that may speak each of these protocols. */
export function costOf(protocols: readonly Protocol[], reach: Reach): Limits {
  const costs = protocols.flatMap((protocol) => [
    keepAliveCost,
    idleCost,
    requestsCost(reach),
    ageCost(reach),
    ...(protocol === 'http/1' ? [counterCost, pipelineCost(reach), uploadCost(reach)] : [goawayCost(reach)]),
  ])
  return {
    connections: costs.reduce((sum, { connections }) => sum + connections, 0),
    requests: costs.reduce((sum, { requests }) => sum + requests, 0),
  }
}
