import { setTimeout } from 'node:timers/promises'
import { freePort } from '@evenkeel/test-kit/free-port'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Place } from '../cell.js'
import { environmentOf, type Running, start } from '../command.js'

const startsWithin = 60_000
const answersWithin = 30_000

/** Runs a server that listens on `PORT` for as long as a test takes; what it wrote is in the test's error. */
export async function serve(
  place: Place,
  command: readonly string[],
  test: (port: number) => Promise<void>,
  { cwd = place.project, env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const port = await freePort()
  const [file = '', ...args] = command
  const environment = environmentOf(place, { NODE_ENV: 'production', PORT: String(port), ...env })
  const running = start(file, args, cwd, environment)
  try {
    await reachable(port, running)
    await Promise.race([test(port), overdue()])
  } catch (error) {
    throw new Error(`${running.output()}\n${error}`)
  } finally {
    await running.kill()
  }
}

/** Resolves when somebody listens on the port. A user's program tells nobody, so it is asked again and again. */
export async function reachable(port: number, running?: Running): Promise<void> {
  const ended = new AbortController()
  running?.child.once('exit', () => ended.abort())
  const deadline = Date.now() + startsWithin
  while (!ended.signal.aborted) {
    const client = RawClient.open({ port })
    try {
      await client.connected
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await setTimeout(50)
    } finally {
      client.close()
    }
  }
  throw new Error('the program ended before it listened')
}

async function overdue(): Promise<never> {
  await setTimeout(answersWithin, undefined, { ref: false })
  throw new Error(`what is asserted did not come within ${answersWithin} ms`)
}
