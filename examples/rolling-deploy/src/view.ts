import type { Act } from '@evenkeel/example-stage/act'
import { type Outcome, renderJson } from '@evenkeel/example-stage/outcome'
import { JsonView, LinesView, type View } from '@evenkeel/example-stage/view'
import { thousands } from '@evenkeel/example-stage/words'
import { renderHeader, renderRestart } from './lines.js'
import type { Plan } from './plan.js'
import type { Restart, Run } from './run.js'
import { renderTable } from './table.js'
import { seconds, several } from './words.js'

/** A line for each round, or one document with `--json`. */
export function chooseView(plan: Plan, json: boolean): View<Act, Restart, Outcome<Plan, Run>> {
  if (json) return new JsonView(renderJson)
  return new LinesView({
    introduction: introduction(plan),
    header: (act) => renderHeader(plan, act),
    line: renderRestart,
    figures: ({ runs }) => renderTable(runs),
  })
}

function introduction({ servers, habits, connections, within }: Plan): string {
  const [brisk, , pausing] = habits.map(({ clients }) => thousands(clients))
  return [
    `${thousands(servers)} servers behind a TCP forwarder that chooses one at random for each connection, among those that are ready.`,
    `Clients have up to ${several(connections, 'connection')}: ${brisk} of them send every few milliseconds, ${pausing} pause for 1 to 3 seconds.`,
    'In each round one server is told to leave (SIGTERM) while another takes its place.',
    '',
    `departures: which part of its connections end in each tenth of the ${seconds(within)} that it has for it;`,
    '▂ is a fair part, █ is four times that or more. later: those that end after that time.',
  ].join('\n')
}
