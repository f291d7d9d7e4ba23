import { once } from 'node:events'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import type { Guard } from '../guard.js'
import { Line } from '../line.js'
import { World } from '../world.js'
import { render } from './message.js'
import type { Script, Step } from './script.js'
import { build } from './server.js'

/** What came of a script at one server. */
export interface Transcript {
  /** The bytes that the client received, in latin1. */
  readonly received: string
  readonly ended: 'fin' | 'reset' | 'not at all'
  /** What the application saw, in order. */
  readonly seen: readonly string[]
  /** What was thrown past every handler. */
  readonly thrown: readonly string[]
  /** What is wrong with the keel's own books. */
  readonly books: readonly string[]
}

/** What a script is played to. */
export interface Stage {
  readonly guard: Guard
  /** None for a bare server. */
  readonly options?: ServerOptions
  /** Whether Even Keel's own steps are played. */
  readonly steered?: boolean
  /** How many bytes are sent. */
  readonly bytes?: number
}

export async function play(script: Script, stage: Stage): Promise<Transcript> {
  const { guard, options, steered = false, bytes = Infinity } = stage
  const world = new World()
  const server = build(script.settings, world)
  const keel = options && attach(server, options)
  const drains = new AbortController()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const line = await Line.open(server, world)
  let number = 0
  let unsent = ''
  let left = bytes
  const flush = async (): Promise<void> => {
    const text = unsent.slice(0, left)
    unsent = ''
    left -= text.length
    await line.write(text)
  }
  for (const step of script.steps) {
    if (step.kind === 'send') {
      const text = render(step.message, number++)
      let from = 0
      for (const cut of [...step.cuts].sort((a, b) => a - b)) {
        const to = Math.floor(cut * text.length)
        unsent += text.slice(from, to)
        from = to
        await flush()
      }
      unsent += text.slice(from)
      if (!step.joined) await flush()
    } else {
      await flush()
      act(step, line, world)
      if (steered && keel !== undefined) steer(step, keel, drains.signal)
      await line.settle()
    }
  }
  await flush()
  line.resume()
  await line.settle()
  for (let next = world.nextWaiting; next !== undefined; next = world.nextWaiting) {
    world.release(next)
    await line.settle()
  }
  line.end()
  await line.over()
  const ended = line.isClosed ? line.ended : 'not at all'
  line.cut()
  await line.over()
  const books =
    keel === undefined ? [] : check(keel, steered && script.steps.some(({ kind }) => kind === 'detach'))
  drains.abort()
  server.close()
  await once(server, 'close')
  return { received: line.received, ended, seen: world.seen, thrown: guard.take(), books }
}

function act(step: Step, line: Line, world: World): void {
  if (step.kind === 'release') world.release(String(step.number))
  else if (step.kind === 'pause') line.pause()
  else if (step.kind === 'resume') line.resume()
  else if (step.kind === 'end') line.end()
  else if (step.kind === 'reset') line.reset()
}

function steer(step: Step, keel: Keel, signal: AbortSignal): void {
  if (step.kind === 'retire') for (const { key } of [...keel.connections()]) keel.retire(key)
  else if (step.kind === 'drain') keel.drain({ within: 60_000, signal }).catch(() => {})
  else if (step.kind === 'detach') keel.detach()
  else if (step.kind === 'update' && !isDetached.has(keel))
    keel.update({ maxRequestsPerConnection: step.requests })
  if (step.kind === 'detach') isDetached.add(keel)
}

const isDetached = new WeakSet<Keel>()

function check(keel: Keel, detached: boolean): string[] {
  const { connections, totals } = keel.snapshot()
  const wrong = connections.total === 0 ? [] : [`connections.total is ${connections.total}`]
  if (!detached && totals.opened !== totals.closed)
    wrong.push(`${totals.opened} opened, ${totals.closed} closed`)
  return wrong
}
