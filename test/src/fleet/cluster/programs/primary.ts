import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'

export interface Settings {
  readonly workers: number
  /** Whether the system chooses who accepts a connection, and not the primary. */
  readonly isUnscheduled?: boolean
  /** Whether the fleet of the workers is the program's own. Otherwise it is the environment's, if any. */
  readonly fleet?: { readonly interval?: number }
  /** Whether each worker has a second server. */
  readonly hasPage?: boolean
  /** What workers run, if it is not the primary's own program. */
  readonly program?: string
}

/** What the primary is asked for by its parent. */
export type Errand =
  | { readonly fork: number }
  /** Stands still for so many milliseconds. */
  | { readonly block: number }
  | { readonly worker: number; readonly order: unknown }
  | { readonly worker: number; readonly signal: NodeJS.Signals }

/** Runs workers as the parent says, and hands on what they say. */
export async function lead({ workers, isUnscheduled = false, program }: Settings): Promise<void> {
  if (isUnscheduled) cluster.schedulingPolicy = cluster.SCHED_NONE
  cluster.setupPrimary({ args: process.argv.slice(2), ...(program === undefined ? {} : { exec: program }) })
  cluster.on('message', (worker, message) => process.send?.({ from: worker.id, message }))
  cluster.on('exit', (worker, code, signal) => process.send?.({ exited: worker.id, code, signal }))
  process.on('message', (errand: Errand) => obey(errand))
  process.on('disconnect', () => {
    for (const worker of all()) worker.process.kill('SIGKILL')
    process.exit()
  })
  const port = await fork(workers)
  process.send?.({ port })
}

async function obey(errand: Errand): Promise<void> {
  if ('fork' in errand) {
    await fork(errand.fork)
    process.send?.({ forked: errand.fork })
  } else if ('block' in errand) {
    const until = performance.now() + errand.block
    while (performance.now() < until) {}
    process.send?.({ blocked: errand.block })
  } else {
    const worker = cluster.workers?.[errand.worker]
    if ('signal' in errand) process.kill(Number(worker?.process.pid), errand.signal)
    else worker?.send(errand.order as object)
  }
}

/** @returns the port of the workers. */
async function fork(count: number): Promise<number> {
  const workers = Array.from({ length: count }, () => cluster.fork())
  const listening = await Promise.all(workers.map((worker) => once(worker, 'listening')))
  return listening[0]?.[0].port
}

function all(): readonly Worker[] {
  return Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? [])
}
