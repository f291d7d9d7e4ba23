import { setTimeout as sleep } from 'node:timers/promises'
import { parseExposition, type Sample } from './exposition.js'
import { addUp, type Metrics } from './metrics.js'

/** Clients have closed by then; their last packets are on the way through the balancer for a moment more. */
const patience = 5_000
const pause = 20

/** What the metrics on these ports say together, once no connection is open any more, or after 5 seconds. */
export async function scrape(ports: readonly number[]): Promise<Metrics> {
  const deadline = performance.now() + patience
  for (;;) {
    const samples = await Promise.all(ports.map(read))
    const metrics = addUp(samples.flat())
    if (metrics.open === 0 || performance.now() > deadline) return metrics
    await sleep(pause)
  }
}

async function read(port: number): Promise<Sample[]> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })
  if (!response.ok) throw new Error(`the metrics on port ${port} answered with status ${response.status}`)
  return parseExposition(await response.text())
}
