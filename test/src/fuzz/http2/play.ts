import { once } from 'node:events'
import type { ServerHttp2Session } from 'node:http2'
import { setImmediate } from 'node:timers/promises'
import { attach } from '@evenkeel/node'
import { acknowledge, frame, preface, types } from '../../hostile/frames.js'
import { Line } from '../line.js'
import { Steering } from '../steering.js'
import { act } from '../step.js'
import type * as shared from '../transcript.js'
import { World } from '../world.js'
import { Client, settings } from './client.js'
import { isCareful } from './pieces.js'
import { type Frame, framesOf } from './received.js'
import type { Script } from './script.js'
import { build } from './server.js'
import { Time } from './time.js'

/** `ended` tells how the connection had ended before its client left. */
export interface Transcript extends shared.Transcript {
  readonly frames: readonly Frame[]
  readonly bytes: number
  /** Whether the server has noticed that its client had left. */
  readonly isGone: boolean
}

export interface Stage extends shared.Stage {
  /** Whether steps follow each other in haste where the script says so. When timers end is not certain then. */
  readonly hasty?: boolean
}

/** Stands in what was seen where all that had been sent was done with. */
export const quiet = '-- quiet'

/** Stands where the client goes at last. */
export const leaves = '-- leaves'

/** Longer than Even Keel waits for anything when a session has said GOAWAY, in milliseconds. */
const atLast = [1_100, 1_100, 6_000, 1_100]

export async function play(script: Script, stage: Stage): Promise<Transcript> {
  const time = new Time()
  time.start()
  try {
    return await perform(script, stage, time)
  } finally {
    time.stop()
  }
}

async function perform(script: Script, stage: Stage, time: Time): Promise<Transcript> {
  const { guard, options, steered = false, hasty = false } = stage
  const world = new World()
  const server = build(script.settings, world)
  const steering = options && new Steering(attach(server, { ...options, clock: time }), 500)
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const line = await Line.open(server, world)
  const client = new Client(isCareful)
  const settle = async (turns: number | undefined): Promise<void> => {
    if (hasty && turns !== undefined) {
      for (let turn = 0; turn < turns; turn++) await setImmediate()
    } else {
      await line.settle()
      world.note(quiet)
    }
  }
  line.send(beginning(script))
  await settle(undefined)
  for (const step of script.steps) {
    if (step.kind === 'send') {
      const text = step.pieces.map((piece) => client.render(piece)).join('')
      let from = 0
      for (const cut of [...step.cuts, 1].sort((a, b) => a - b)) {
        const to = Math.floor(cut * text.length)
        line.send(text.slice(from, to))
        from = to
        await settle(step.hasty)
      }
      continue
    }
    if (step.kind === 'advance') {
      if (steering !== undefined) time.advance(step.by)
    } else {
      act(step, line, world)
      if (steered) steering?.steer(step)
    }
    await settle(step.hasty)
  }
  line.resume()
  await line.settle()
  for (let next = world.nextWaiting; next !== undefined; next = world.nextWaiting) {
    world.release(next)
    await line.settle()
  }
  for (const by of steering === undefined ? [] : atLast) {
    time.advance(by)
    await line.settle()
  }
  const { ended } = line
  world.note(leaves)
  line.end()
  await line.over()
  line.leave()
  await line.over()
  await line.settle()
  // A leaving session whose client has gone without a sign is asked by PING, and ended at most 60 seconds later.
  for (let look = 0; look < 4 && steering !== undefined && !line.isClosed; look++) {
    time.advance(21_000)
    await line.settle()
  }
  const isGone = line.isClosed
  const books = (isGone && steering?.books()) || []
  steering?.stop()
  for (const session of sessions) session.destroy()
  line.cut()
  server.close()
  await once(server, 'close')
  await line.settle()
  if (steering !== undefined && books.length === 0) books.push(...steering.books())
  const { received } = line
  return {
    frames: framesOf(received),
    bytes: received.length,
    ended,
    isGone,
    seen: world.seen,
    thrown: guard.take(),
    books,
  }
}

function beginning({ first, acknowledges }: Script): string {
  const parts = [Buffer.from(preface), frame(types.settings, 0, 0, settings(first))]
  if (acknowledges) parts.push(frame(types.settings, acknowledge, 0))
  return Buffer.concat(parts).toString('latin1')
}
