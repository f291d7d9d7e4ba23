import { setTimeout as sleep } from 'node:timers/promises'
import { Balancer } from './balancer.js'
import { Clients } from './clients.js'
import { type Counts, difference, sum } from './counts.js'
import {
  type Balance,
  balanceBetween,
  cpuPerRequest,
  type Latency,
  latencyOf,
  type Reading,
} from './figures.js'
import type { Peer } from './peer.js'
import { type PipelinedResult, playPipelined } from './pipelined.js'
import type { Plan } from './plan.js'
import { processorTimes } from './processor.js'

export interface Played extends Balance, Latency {
  /** CPU time of all that is on the server's side for one request, in microseconds. */
  readonly cpu: number
  /** Requests in the whole time, one at a time on each connection. */
  readonly requests: number
  /** Those of them without a good answer, by what came instead. */
  readonly failures: Counts
  /** Of these, those in the seconds in which new servers came. */
  readonly failuresAtScaleOut: Counts
  readonly pipelined: PipelinedResult
}

/** Two servers, then four; what comes after they have evened out is judged. Then pipelined requests. */
export async function play(peer: Peer, plan: Plan): Promise<Played> {
  const { warmUp, settling, steady, evening, judged } = plan.parts
  const site = await peer.start(plan)
  const balancer = new Balancer(() => site.entrances)
  const clients = new Clients(balancer, plan.clients, Infinity)
  const during = async (milliseconds: number): Promise<[before: Reading, after: Reading]> => {
    const read = (): Reading => ({
      at: performance.now(),
      processor: processorTimes(site.processes),
      traffic: clients.traffic,
    })
    const before = read()
    await sleep(milliseconds)
    return [before, read()]
  }
  try {
    await sleep(warmUp)
    clients.pace = plan.pace
    await sleep(settling)
    const cpu = cpuPerRequest(...(await during(steady)))
    const atFirst = clients.traffic
    await site.grow(plan.servers)
    await sleep(evening / 5)
    const failuresAtScaleOut = difference(atFirst.failures, clients.traffic.failures)
    await sleep((evening * 4) / 5)
    clients.takeLatencies()
    const balance = balanceBetween(...(await during(judged)), plan.servers)
    const latency = latencyOf(clients.takeLatencies())
    await clients.stop()
    const { byServer, failures } = clients.traffic
    const requests = sum(byServer) + sum(failures)
    const pipelined = await playPipelined(site, balancer, plan)
    return { cpu, ...balance, ...latency, requests, failures, failuresAtScaleOut, pipelined }
  } finally {
    await clients.stop()
    await site.end()
  }
}
