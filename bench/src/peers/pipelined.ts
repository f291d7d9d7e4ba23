import { setTimeout as sleep } from 'node:timers/promises'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Balancer } from './balancer.js'
import type { Plan } from './plan.js'
import type { Site } from './site.js'
import { judgePipelined, type PipelinedVerdict, type Sent } from './verdict.js'

export interface PipelinedResult extends PipelinedVerdict {
  /** How often a connection was ended before its client did. */
  readonly ended: number
}

const connections = 20
/** So many requests in one write. It does not divide the limit, which falls within a batch then. */
const batch = 16
/** From one batch of a connection to the next, in milliseconds. */
const interval = 100
/** Without any byte for so long, what is unanswered stays so. */
const longest = 5_000

/**
 * Sends batches of numbered requests across the limit. All connections begin on the first server, so that
 * the others have reason to take some of them over: without that a fleet would end none.
 */
export async function playPipelined(site: Site, balancer: Balancer, plan: Plan): Promise<PipelinedResult> {
  const sent: Sent[] = []
  const end = performance.now() + plan.parts.pipelined
  const [first] = site.entrances
  let [numbers, ended] = [0, 0]
  const play = async (): Promise<void> => {
    let client = await RawClient.connect({ port: first ?? balancer.choose() })
    while (performance.now() < end) {
      const goesOn = await exchange(
        client,
        Array.from({ length: batch }, () => numbers++),
        sent,
      )
      if (!goesOn) {
        ended++
        client.close()
        client = await RawClient.connect({ port: balancer.choose() })
      }
      await sleep(interval)
    }
    client.close()
  }
  await Promise.all(Array.from({ length: connections }, play))
  return { ...judgePipelined(sent, await executedBy(site)), ended }
}

/** @returns whether the connection can be used for another batch. */
async function exchange(client: RawClient, numbers: readonly number[], sent: Sent[]): Promise<boolean> {
  let isLast = false
  const timer = setTimeout(() => client.close(), longest)
  client.send(numbers.map((number) => `GET /pipelined/${number} HTTP/1.1\r\nHost: bench\r\n\r\n`).join(''))
  for (const number of numbers) {
    const response = await client.response().catch(() => undefined)
    timer.refresh()
    isLast ||= response?.headers.get('connection') === 'close'
    sent.push({ number, status: response?.status })
  }
  clearTimeout(timer)
  return !isLast && client.socket.readable
}

/** The servers themselves are asked, not what stands in front of them. */
async function executedBy(site: Site): Promise<ReadonlySet<number>> {
  const executed = new Set<number>()
  for (const port of site.servers) {
    const client = await RawClient.connect({ port })
    const { body } = await client.request('/executed', { headers: 'Connection: close\r\n' })
    for (const number of JSON.parse(body)) executed.add(number)
    client.close()
  }
  return executed
}
