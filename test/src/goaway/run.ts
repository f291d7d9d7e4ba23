import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { certificate } from '../certificate.js'
import type { Client, Phase } from './phase.js'
import { type PlanName, plans } from './plans.js'
import type { Order, Report } from './server.js'

/** How a client's requests went, and how the server. */
export interface Run {
  readonly sent: number
  readonly answered: number
  readonly failures: Readonly<Record<string, number>>
  /** Undefined if the server has died. */
  readonly report: Report | undefined
  readonly exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null }
  readonly errors: string
}

const bodies = [0, 100, 100_000]

/**
 * Runs a server by a plan, and has a client send requests to it: POST and GET, in turn. The server has the environment
 * of this process.
 */
export async function run(name: PlanName, start: () => Client, requests: number): Promise<Run> {
  const { pause, phase, phases = 2 } = plans[name]
  const child = fork(join(import.meta.dirname, 'server.js'), [name, JSON.stringify(certificate)], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const errors = child.stderr === null ? Promise.resolve('') : text(child.stderr)
  const closed = once(child, 'close')
  const dead = closed.then(() => undefined)
  const heard = async <T>(): Promise<T | undefined> =>
    (await Promise.race([once(child, 'message'), dead]))?.[0] as T | undefined
  const tell = <T>(order: Order): Promise<T | undefined> => {
    const answer = heard<T>()
    child.send(order, () => {})
    return answer
  }
  const client = start()
  const failures: Record<string, number> = {}
  let [sent, answered] = [0, 0]
  let report: Report | undefined
  try {
    const port = await heard<number>()
    for (let number = 0; number < phases; number++) {
      if (child.exitCode !== null || child.signalCode !== null) break
      if (number > 0 && pause) await tell({ advance: pause.milliseconds, untilClosed: pause.untilClosed })
      const next: Phase = {
        url: `https://localhost:${port}/`,
        method: number % 2 === 0 ? 'POST' : 'GET',
        ...{ bodies, requests, clients: 2, workers: 8, fresh: false, ...phase },
      }
      sent += next.clients * next.workers * next.requests
      const outcome = await Promise.race([client.perform(next), dead])
      answered += outcome?.answered ?? 0
      for (const [failure, times] of Object.entries(outcome?.failures ?? {}))
        failures[failure] = (failures[failure] ?? 0) + times
    }
    report = await tell<Report>('end')
  } finally {
    client.close()
    if (report === undefined) child.kill('SIGKILL')
  }
  const [code, signal] = await closed
  return { sent, answered, failures, report, exit: { code, signal }, errors: await errors }
}
