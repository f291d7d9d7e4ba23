import type { Act } from '@evenkeel/example-stage/act'
import { type Outcome, renderJson } from '@evenkeel/example-stage/outcome'
import { JsonView, LinesView, type View } from '@evenkeel/example-stage/view'
import { thousands } from '@evenkeel/example-stage/words'
import { renderHeader, renderSecond } from './lines.js'
import type { Plan } from './plan.js'
import type { Run, Second } from './run.js'
import { renderTable } from './table.js'

/** Lines, or one document with `--json`. */
export function chooseView(plan: Plan, json: boolean): View<Act, Second, Outcome<Plan, Run>> {
  if (json) return new JsonView(renderJson)
  return new LinesView({
    introduction: introduction(plan),
    header: (act) => renderHeader(plan, act),
    line: renderSecond,
    figures: ({ runs }) => renderTable(plan, runs),
  })
}

function introduction({ addresses, interval, quietInterval, freshInterval, ...plan }: Plan): string {
  const whence = plan.apart ? `${addresses[0]} to ${addresses.at(-1)}` : 'the same address'
  return [
    `A client at 127.0.0.1 makes a new keep-alive agent for each of its ${thousands(plan.leakRate)} requests a second`,
    `and closes none. ${addresses.length} well-behaved clients at ${whence} keep one connection each: half of them`,
    `send a request every ${interval} ms, half every ${quietInterval} ms; now and then (every ${freshInterval} ms) each of them`,
    'opens a second one for a moment.',
    '',
    `A run takes ${plan.seconds} seconds. Each server is a process of ${thousands(plan.descriptors)} file descriptors.`,
  ].join('\n')
}
