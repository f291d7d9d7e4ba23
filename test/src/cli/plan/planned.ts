/** What `evenkeel plan --json` prints, as far as tests look at it. Where something never happens, it is null. */
export interface Planned {
  readonly interrupted: boolean
  readonly numbers: {
    readonly servers: number
    readonly to: number
    readonly connections: number
    readonly rate: number
  }
  readonly simulated: { readonly connections: number; readonly runs: number }
  readonly rows: readonly {
    readonly name: string
    readonly kind: string
    readonly evenAfter: number | null
    readonly hottestOverMean: number
    readonly reconnectsPerSecond: number
    readonly cpuShare: number
    readonly life: {
      readonly p50: number | null
      readonly byFormula: number | null
      readonly p99: number | null
    }
  }[]
  readonly advice: {
    readonly take: { readonly name: string; readonly program: string; readonly environment: string } | null
    readonly why: string
  }
}

/** 2 servers that become 4, with 200 connections of 5 requests a second each. */
export const few: readonly string[] = [
  '--servers',
  '2',
  '--to',
  '4',
  '--connections',
  '200',
  '--rate',
  '1000',
]
