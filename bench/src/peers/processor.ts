import { readdirSync, readFileSync } from 'node:fs'

/** CPU time that each process has used, user and system, by its id. In microseconds. */
export type ProcessorTimes = ReadonlyMap<number, number>

/** Of these processes and all that they have started. Linux alone tells. */
export function processorTimes(roots: readonly number[]): ProcessorTimes {
  const times = new Map<number, number>()
  const visit = (pid: number): void => {
    let nanoseconds = 0
    for (const thread of threadsOf(pid)) {
      // `stat` tells the same in steps of ten milliseconds, which is too coarse for a few seconds.
      nanoseconds += Number.parseInt(read(`${thread}/schedstat`), 10) || 0
      for (const child of read(`${thread}/children`).split(' ')) if (child !== '') visit(Number(child))
    }
    times.set(pid, nanoseconds / 1_000)
  }
  for (const root of roots) visit(root)
  return times
}

/** What was used in between by those that are there at the end, in microseconds. */
export function usedBetween(before: ProcessorTimes, after: ProcessorTimes): number {
  let used = 0
  for (const [pid, time] of after) used += time - (before.get(pid) ?? 0)
  return used
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)
  } catch {
    return []
  }
}

/** Nothing where a thread has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
