import { setMaxListeners } from 'node:events'
import { Budget } from '../command/budget.js'
import { type ExitCode, exitCodes } from '../command/exit-codes.js'
import type { Session } from '../command/new-command.js'
import { Experiment } from './experiment/experiment.js'
import { noAnswer, noName, notNamed } from './faults.js'
import { type Flags, planOf } from './flags.js'
import { judge, type Verdict } from './judge/verdict.js'
import { type By, writeBy } from './names/by.js'
import { limitsOf, type Plan } from './plan.js'
import { type Ends, lookForEnds } from './tell/ends.js'
import { tellAll } from './tell/findings.js'
import { printFindings, printServers } from './tell/report.js'
import { Watch } from './watch/watch.js'
import { watchFor } from './watch/watch-for.js'

/** Does the experiment, and tells what it came to. */
export async function spread({ output, signal }: Session, url: URL, flags: Flags): Promise<ExitCode> {
  // Each request that is under way listens to it.
  setMaxListeners(0, signal)
  const plan = planOf(url, flags)
  const budget = new Budget(limitsOf(plan))
  budget.announce(output)
  const { headers, timeout, isInsecure } = plan
  const target = { url, headers, timeout, isInsecure, signal }
  const experiment = new Experiment(plan, target, budget, output.progress)
  try {
    await experiment.run()
    const { by, verdict, ends } = conclude(experiment, plan)
    const findings = tellAll(verdict, by, ends, plan)
    printServers(output, verdict)
    printFindings(output, findings)
    experiment.end()
    const known = verdict.servers.map(({ name }) => name)
    const watched =
      plan.watch > 0 && !signal.aborted
        ? await watchFor(plan, output, known, new Watch(plan, target, budget, by))
        : undefined
    const all = [...findings, ...(watched?.findings ?? [])]
    output.result({
      ...{ command: 'spread', url: url.href, interrupted: signal.aborted },
      budget: { atMost: budget.limits, sent: budget.sent },
      ...{ by: writeBy(by), ...verdict, ...ends, watch: watched?.json, findings: all },
    })
    return all.some(({ level }) => level === 'bad') ? exitCodes.foundSomething : exitCodes.fine
  } finally {
    experiment.end()
  }
}

interface Conclusion {
  readonly by: By
  readonly verdict: Verdict
  readonly ends: Ends
}

/** @throws {CouldNotRun} if no answer names a server. */
function conclude(experiment: Experiment, plan: Plan): Conclusion {
  const { replies, failures } = experiment.records
  if (replies.length === 0) throw noAnswer(plan, failures)
  const { by, seen } = experiment.look()
  if (by === undefined) throw noName()
  const verdict = judge(seen)
  if (verdict.servers.length === 0) throw notNamed(by)
  return { by, verdict, ends: lookForEnds(experiment.records) }
}
