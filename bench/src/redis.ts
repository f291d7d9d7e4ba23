import { setTimeout } from 'node:timers/promises'
import { redisStore } from '@evenkeel/fleet'
import { createClient } from 'redis'
import { hasRedis, startRedis } from './redis/server.js'

/** What Redis did for a number of calls. */
export interface RedisWork {
  readonly callsPerSecond: number
  /** CPU time of Redis, user and system, for one call, in microseconds. */
  readonly cpuPerCall: number
  /** The same as a fraction of one processor. */
  readonly share: number
}

export interface RedisResult {
  readonly members: number
  /** One report of each member a second. */
  readonly paced: RedisWork
  /** Ten reports on their way at any time. */
  readonly unpaced: RedisWork
}

const sizes = [10, 100, 1_000]
const seconds = 10
const unpacedCalls = 20_000
const atOnce = 10
/** No member is dropped in between. In milliseconds. */
const expiry = 60_000

/** What a fleet costs its Redis, each member with a connection of its own. Nothing where no Redis is installed. */
export async function measureRedis(progress: (step: string) => void): Promise<RedisResult[]> {
  const results: RedisResult[] = []
  if (!hasRedis()) return results
  for (const members of sizes) {
    progress(`a fleet of ${members} members in Redis`)
    results.push(await measureFleet(members))
  }
  return results
}

async function measureFleet(members: number): Promise<RedisResult> {
  const server = await startRedis()
  const stores = Array.from({ length: members }, () => redisStore(server.url))
  const observer = await createClient({ url: server.url }).connect()
  const report = async (call: number): Promise<unknown> => {
    const member = call % members
    const { signal } = new AbortController()
    return stores[member]?.exchange('web', `host-${member}`, { load: member, weight: 1 }, expiry, signal)
  }
  const cpuTime = async (): Promise<number> => {
    const info = String(await observer.sendCommand(['INFO', 'cpu']))
    return Number(/used_cpu_user:(.+)/.exec(info)?.[1]) + Number(/used_cpu_sys:(.+)/.exec(info)?.[1])
  }
  const measure = async (calls: number, make: () => Promise<void>): Promise<RedisWork> => {
    const [cpuBefore, start] = [await cpuTime(), performance.now()]
    await make()
    const [cpu, elapsed] = [(await cpuTime()) - cpuBefore, (performance.now() - start) / 1_000]
    return { callsPerSecond: calls / elapsed, cpuPerCall: (cpu / calls) * 1e6, share: cpu / elapsed }
  }
  try {
    // Connections, the script, and every member's first report are not what is measured.
    await inTurn(members, report)
    const paced = await measure(members * seconds, () => onceASecond(members, report))
    const unpaced = await measure(unpacedCalls, () => inTurn(unpacedCalls, report))
    return { members, paced, unpaced }
  } finally {
    observer.destroy()
    for (const store of stores) await store.close()
    await server.end()
  }
}

/** Each member reports once a second, evenly spread over it. */
async function onceASecond(members: number, report: (call: number) => Promise<unknown>): Promise<void> {
  const start = performance.now()
  const reports: Promise<unknown>[] = []
  for (let call = 0; call < members * seconds; call++) {
    const early = start + (call * 1_000) / members - performance.now()
    if (early > 0) await setTimeout(early)
    reports.push(report(call))
  }
  await Promise.all(reports)
}

/** Each report goes as soon as one of those on their way is answered. */
async function inTurn(calls: number, report: (call: number) => Promise<unknown>): Promise<void> {
  let call = 0
  const lane = async (): Promise<void> => {
    while (call < calls) await report(call++)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
