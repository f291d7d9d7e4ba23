import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** Where the figures come from. */
export interface Machine {
  readonly node: string
  readonly v8: string
  readonly processor: string
  readonly processors: number
  /** Bytes. */
  readonly memory: number
  readonly system: string
  /** Of the last minute before the start: above 0, somebody else was at work too. */
  readonly load: number
}

export function thisMachine(): Machine {
  const processors = cpus()
  return {
    node: process.version,
    v8: process.versions.v8,
    processor: `${processors[0]?.model ?? 'unknown'} (${process.arch})`,
    processors: processors.length,
    memory: totalmem(),
    system: `${type()} ${release()}`,
    load: loadavg()[0] ?? Number.NaN,
  }
}
