import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { ServerOptions } from '@evenkeel/node'
import type { App, AppSettings } from '../apps/app.js'
import { type Draining, draining } from '../drain/draining.js'
import { Heard } from './heard.js'

/** What a test has of a server that is listened to, in a time of its own. */
export interface Hearing extends Draining {
  readonly server: Server
  readonly heard: Heard
}

/** Runs an application for one test, and holds what its listeners were told against what was published. */
export function hearing(
  app: App,
  options: ServerOptions,
  test: (context: Hearing) => Promise<void>,
  settings: Partial<AppSettings> = {},
): Promise<void> {
  const servers: Server[] = []
  const prepare = (server: Server): void => {
    servers.push(server)
    settings.prepare?.(server)
  }
  return draining(
    app,
    async (context) => {
      const [server] = servers
      assert.ok(server)
      const heard = new Heard(context.keel(), server)
      try {
        await test({ ...context, server, heard })
        heard.assertPublished()
      } finally {
        heard.stop()
      }
    },
    { ...settings, options, prepare },
  )
}
