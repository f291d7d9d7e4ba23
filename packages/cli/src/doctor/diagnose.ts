import { Budget } from '../command/budget.js'
import { type ExitCode, exitCodes } from '../command/exit-codes.js'
import type { Session } from '../command/new-command.js'
import { type Reach, Subject } from './channel/subject.js'
import type { Target } from './channel/target.js'
import { costOf } from './cost.js'
import { examine } from './examine.js'
import { findingsOf } from './findings/findings.js'
import type { Flags } from './flags.js'
import { printFindings, printSettings, printStopped, printVerdict } from './print.js'
import { uploadSize } from './probes/upload.js'
import { Progress } from './progress.js'
import { protocolsOf } from './protocols.js'
import { idleAdvice, settingsFor } from './settings.js'
import { verdictOf } from './verdict.js'

/** Probes, then findings, then a verdict. */
export async function diagnose({ output, signal }: Session, address: URL, flags: Flags): Promise<ExitCode> {
  const reach: Reach = { idle: flags.idle, requests: flags.requests, duration: flags.for }
  const protocols = protocolsOf(flags.protocol)
  const budget = new Budget(costOf(protocols, reach))
  budget.announce(output)
  if (protocols.includes('http/1')) {
    output.note(`Two of them upload ${uploadSize / 1024} kB each, by ${flags.uploadMethod}.`)
  }
  const progress = new Progress(output, reach)
  const target: Target = {
    url: address,
    headers: flags.header ?? new Map(),
    insecure: flags.insecure ?? false,
    timeout: flags.timeout,
  }
  const course = { uploadMethod: flags.uploadMethod, onAnswer: progress.answered, onWait: progress.waiting }
  const subjects = protocols.map((protocol) => new Subject(protocol, target, reach, budget, signal))
  const seen = await examine(subjects, course).finally(() => progress.stop())
  const findings = seen.flatMap((each) => findingsOf(each, flags.behind, reach))
  const verdict = verdictOf(seen, reach)
  const isBad = verdict.level === 'bad' || findings.some(({ level }) => level === 'bad')
  const settings = isBad ? settingsFor(seen[0]?.keepAlive, flags.behind) : []
  printFindings(output, findings)
  if (signal.aborted) printStopped(output)
  printVerdict(output, verdict)
  if (isBad) printSettings(output, settings, idleAdvice(flags.behind))
  output.result({
    command: 'doctor',
    url: address.href,
    interrupted: signal.aborted,
    budget: { atMost: budget.limits, sent: budget.sent },
    seen,
    findings,
    verdict,
    settings,
  })
  if (isBad) return exitCodes.foundSomething
  return signal.aborted ? exitCodes.couldNotRun : exitCodes.fine
}
