import type { Section } from '@evenkeel/test-kit/figures/section'
import { type Circumstances, describeCircumstances } from '../figures/circumstances.js'
import { chanceOf } from './chance.js'
import type { PeersResults } from './measure.js'
import { remarks } from './print.js'
import { alignment, head, rows } from './rows.js'

/** What pages quote of the peers: the table, where and when it was measured, and what chance makes of it. */
export function peersSection(
  { leftOut, plan, results, versions }: PeersResults,
  circumstances: Circumstances,
): Section {
  const { clients, pace, parts } = plan
  const load = `${clients} clients, ${pace} requests per second each, ${Math.round(parts.judged / 1_000)} seconds judged`
  const programs = Object.entries(versions).map(([program, version]) => `${program} ${version}`)
  const { runs, low, high } = chanceOf(plan)
  return {
    figures: {
      'chance-low': low.toFixed(2),
      'chance-high': high.toFixed(2),
      'chance-runs': runs.toLocaleString('en'),
    },
    table: {
      head,
      alignment,
      rows: rows({ results }),
      notes: [
        ...remarks({ leftOut, results }),
        describeCircumstances(circumstances, load, ...(programs.length > 0 ? [programs.join(', ')] : [])),
      ],
    },
  }
}
