import { createHistogram } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { countFailure } from '@evenkeel/example-stage/failures'
import type { Drive, Habit, Traffic } from './messages.js'
import { hear, tell } from './parent.js'
import { httpPool, type Pool, undiciPool } from './pools.js'

const postShare = 0.5
const body = 'x'.repeat(1024)
/** All begin within so many milliseconds. */
const beginning = 1000

const latencies = createHistogram()
const failures: Record<string, number> = {}
const failed: number[] = []
let requests = 0
let stopped = false
const pools: Pool[] = []
const inFlight = new Set<Promise<void>>()

hear((command) => {
  if (command.type === 'drive') drive(command)
  if (command.type === 'count') void tell({ type: 'counted', count: requests, failed: failed.length })
  if (command.type === 'stop') void stop()
})

/** Tells that everybody is at work once each client has had an answer. */
function drive({ port, habits }: Drive): void {
  const first = habits.flatMap((habit) =>
    Array.from({ length: habit.clients / habit.together }, (_, number) => {
      const pool = number % 2 === 0 ? httpPool(port, habit.together) : undiciPool(port, habit.together)
      pools.push(pool)
      return Array.from({ length: habit.together }, () => begin(pool, habit))
    }).flat(),
  )
  void Promise.all(first).then(() => tell({ type: 'driving' }))
}

/** A client begins to work; resolves behind its first request. */
async function begin(pool: Pool, { pause: [least, most] }: Habit): Promise<void> {
  const pause = (): number => least + Math.random() * (most - least)
  await sleep(Math.random() * beginning)
  await exchange(pool)
  void repeat(pool, pause)
}

async function repeat(pool: Pool, pause: () => number): Promise<void> {
  while (!stopped) {
    await sleep(pause())
    if (!stopped) await exchange(pool)
  }
}

async function exchange(pool: Pool): Promise<void> {
  requests += 1
  const exchange = send(pool, requests)
  inFlight.add(exchange)
  await exchange
  inFlight.delete(exchange)
}

async function send(pool: Pool, id: number): Promise<void> {
  const started = performance.now()
  try {
    await pool.exchange(`/${id}`, Math.random() < postShare ? body : undefined)
    latencies.record(Math.max(1, Math.round((performance.now() - started) * 1000)))
  } catch (error) {
    failed.push(id)
    countFailure(failures, error)
  }
}

async function stop(): Promise<void> {
  stopped = true
  await Promise.all(inFlight)
  for (const pool of pools) pool.end()
  await tell({ type: 'stopped', ...traffic() })
}

function traffic(): Traffic {
  const milliseconds = (percentile: number): number =>
    latencies.count === 0 ? 0 : latencies.percentile(percentile) / 1000
  return { requests, failures, failed, latency: { p50: milliseconds(50), p99: milliseconds(99) } }
}
