import type { Name } from '#instruments'

/** A metric in an expression, its name checked by the compiler: `connections` becomes `evenkeel_connections`. */
export function metric(name: Name | `${Name}_bucket`, ...matchers: readonly string[]): string {
  return `evenkeel_${name}${matchers.length === 0 ? '' : `{${matchers.join(',')}}`}`
}

/** Requests of each server per second. */
export function requestRates(by: string, window: string, ...matchers: readonly string[]): string {
  return `sum by (${by}) (rate(${metric('requests_total', ...matchers)}[${window}]))`
}
