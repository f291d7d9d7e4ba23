import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { type DrainReport, probe, type ShutdownOptions, shutdown } from '@evenkeel/node'
import type { App, AppSettings } from '../apps/app.js'
import { type Draining, draining } from './draining.js'

/** What a test has of a server that is shut down; it answers probes at `/own/ready`. */
export interface Served extends Draining {
  readonly server: Server
  leave(options?: ShutdownOptions): Promise<DrainReport>
}

/** Runs an application for one test of its shutdown. */
export function served(
  app: App,
  test: (context: Served) => Promise<void>,
  settings: Partial<AppSettings> = {},
): Promise<void> {
  const servers: Server[] = []
  const prepare = (server: Server): void => {
    servers.push(server)
  }
  return draining(
    app,
    async (context) => {
      const [server] = servers
      assert.ok(server)
      await test({ ...context, server, leave: (options = {}) => shutdown(server, options) })
    },
    { own: probe, ...settings, prepare },
  )
}
