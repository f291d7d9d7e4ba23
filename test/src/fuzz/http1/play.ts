import { once } from 'node:events'
import { attach } from '@evenkeel/node'
import { Line } from '../line.js'
import { Steering } from '../steering.js'
import { act } from '../step.js'
import type * as shared from '../transcript.js'
import { World } from '../world.js'
import { render } from './message.js'
import type { Script } from './script.js'
import { build } from './server.js'

export interface Transcript extends shared.Transcript {
  /** The bytes that the client received, in latin1. */
  readonly received: string
}

export interface Stage extends shared.Stage {
  /** How many bytes are sent. */
  readonly bytes?: number
}

export async function play(script: Script, stage: Stage): Promise<Transcript> {
  const { guard, options, steered = false, bytes = Infinity } = stage
  const world = new World()
  const server = build(script.settings, world)
  const steering = options && new Steering(attach(server, options), 60_000)
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
      if (steered) steering?.steer(step)
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
  const books = steering?.books() ?? []
  steering?.stop()
  server.close()
  await once(server, 'close')
  return { received: line.received, ended, seen: world.seen, thrown: guard.take(), books }
}
