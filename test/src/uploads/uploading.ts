import assert from 'node:assert/strict'
import { type DrainReport, type ServerOptions, type ShutdownOptions, shutdown } from '@evenkeel/node'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { type Draining, draining } from '../drain/draining.js'
import { Desk, firstHalf, secondHalf, type Way } from './desk.js'

/** What a test has of an upload whose first half has come. */
export interface Uploading extends Draining {
  readonly client: RawClient
  leave(options: ShutdownOptions): Promise<DrainReport>
  /** Sends the second half, asserts that the application gets all of it and that it is answered. */
  finish(): Promise<void>
}

/** Runs an application for one test, with half an upload in flight. */
export function uploading(
  app: App,
  way: Way,
  test: (context: Uploading) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const desk = new Desk(way)
  return draining(
    app,
    async (context) => {
      const client = await context.connect()
      client.send(firstHalf(way))
      await desk.begun()
      if (way.early) assert.equal((await client.response()).body, 'early')
      const finish = async (): Promise<void> => {
        desk.goOn()
        client.send(secondHalf)
        assert.equal(await desk.over(), true, 'the application has all of the upload')
        if (way.early) return
        const response = await client.response()
        const { body } = response.status === 100 ? await client.response() : response
        assert.equal(body, `first${secondHalf}`)
      }
      await test({ ...context, client, finish, leave: (limits) => shutdown(context.server, limits) })
    },
    // In a drain its moment comes in the middle.
    { options: { random: () => 0.5, ...options }, prepare: desk.prepare, own: desk.listener },
  )
}
