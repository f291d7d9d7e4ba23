import type { Failures } from './messages.js'
import type { Plan } from './plan.js'

/** 1234.56 as `1,234.6`; nothing where there is no number. */
export function thousands(count: number | undefined): string {
  return count === undefined ? '' : count.toLocaleString('en', { maximumFractionDigits: 1 })
}

/** What a run is called. */
export function nameOf(evenKeel: boolean): string {
  return evenKeel ? 'with Even Keel' : 'without Even Keel'
}

/** What stands above a run. */
export function headingOf({ maxConnections, fairEviction }: Plan, evenKeel: boolean): string {
  if (!evenKeel) return 'Without Even Keel, bare node:http'
  return `With Even Keel, maxConnections: ${maxConnections}${fairEviction ? '' : ', fairEviction: false'}`
}

/** `3 x ECONNRESET, 1 x ETIMEDOUT`. */
export function codesOf(...failures: readonly Failures[]): string {
  const sums = new Map<string, number>()
  for (const [code, count] of failures.flatMap((codes) => Object.entries(codes))) {
    sums.set(code, (sums.get(code) ?? 0) + count)
  }
  return [...sums].map(([code, count]) => `${thousands(count)} x ${code}`).join(', ')
}
