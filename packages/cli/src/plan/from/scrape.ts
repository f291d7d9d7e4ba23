import { CouldNotRun } from '../../command/could-not-run.js'
import { readExposition } from './exposition.js'

/** What one server's metrics said at one moment. */
export interface Scrape {
  /** In milliseconds, on a clock that only grows. */
  readonly at: number
  readonly connections: number
  readonly opened: number
  readonly requests: number
  /** Of the fleet that it is in. */
  readonly members: number | undefined
}

/** How long a server may take to answer, in milliseconds. */
const patience = 10_000

/** @throws {CouldNotRun} where the address gives no metrics of Even Keel. */
export async function scrape(url: URL, prefix: string, signal: AbortSignal): Promise<Scrape> {
  const text = await fetchText(url, signal)
  const at = performance.now()
  const samples = readExposition(text)
  const valuesOf = (name: string): number[] =>
    samples.flatMap((sample) => (sample.name === prefix + name ? [sample.value] : []))
  const sum = (name: string): number | undefined => {
    const values = valuesOf(name)
    return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0)
  }
  // Every server of a process sees the same fleet.
  const most = (name: string): number | undefined => {
    const values = valuesOf(name)
    return values.length === 0 ? undefined : Math.max(...values)
  }
  const [connections, opened, requests] = [
    sum('connections'),
    sum('connections_opened_total'),
    sum('requests_total'),
  ]
  if (connections === undefined || opened === undefined || requests === undefined) {
    throw new CouldNotRun(
      `--from ${nameOf(url)} shows no ${prefix}connections, ${prefix}connections_opened_total or ${prefix}requests_total`,
      'give the address where the metrics of @evenkeel/prometheus are served, with their --prefix, or give --connections and --rate instead',
    )
  }
  return { at, connections, opened, requests, members: most('fleet_members') }
}

async function fetchText(url: URL, signal: AbortSignal): Promise<string> {
  const cure = 'check the address, or give --connections and --rate instead'
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) })
    if (response.ok) return await response.text()
    throw new CouldNotRun(`--from ${nameOf(url)} answers ${response.status}`, cure)
  } catch (error) {
    if (error instanceof CouldNotRun || signal.aborted) throw error
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : error
    throw new CouldNotRun(`--from ${nameOf(url)} does not answer (${reason})`, cure)
  }
}

/** Its query may hold what nobody else should read. */
export function nameOf({ origin, pathname }: URL): string {
  return origin + pathname
}
