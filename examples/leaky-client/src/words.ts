import type { Plan } from './plan.js'

/** What stands above a run. */
export function headingOf({ maxConnections, fairEviction }: Plan, evenKeel: boolean): string {
  if (!evenKeel) return 'Without Even Keel, bare node:http'
  return `With Even Keel, maxConnections: ${maxConnections}${fairEviction ? '' : ', fairEviction: false'}`
}
