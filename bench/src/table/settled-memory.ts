import { setImmediate as nextTurn } from 'node:timers/promises'

/** What a process holds, in bytes. */
export interface Memory {
  /** Objects in use. */
  readonly heap: number
  /** All of its memory that is in RAM: it comes and goes in pages, and a page that is partly used counts. */
  readonly resident: number
}

/** A collection that frees less than this has found all that can go. */
const nothing = 1_024

const attempts = 20

/** What is left when everything that can go has gone. Needs `--expose-gc`. */
export async function settledMemory(): Promise<Memory> {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc')
  let before = Infinity
  for (let attempt = 0; attempt < attempts; attempt++) {
    // What a collection leaves to be done, finalizers for one, is done in a turn of its own.
    await nextTurn()
    globalThis.gc()
    const { heapUsed, rss } = process.memoryUsage()
    if (before - heapUsed < nothing) return { heap: heapUsed, resident: rss }
    before = heapUsed
  }
  throw new Error(
    `the heap still shrinks after ${attempts} collections: something is at work in this process`,
  )
}
