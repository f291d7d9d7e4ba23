import type { Act } from '@evenkeel/example-stage/act'
import type { Plan } from './plan.js'

/** What stands above a run. */
export function headingOf({ maxConnections, fairEviction }: Plan, act: Act): string {
  if (act === 'without') return 'Without Even Keel, bare node:http'
  return `With Even Keel, maxConnections: ${maxConnections}${fairEviction ? '' : ', fairEviction: false'}`
}
