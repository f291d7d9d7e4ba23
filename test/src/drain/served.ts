import { type DrainReport, probe, type ShutdownOptions, shutdown } from '@evenkeel/node'
import type { App, AppSettings } from '../apps/app.js'
import { type Draining, draining } from './draining.js'

/** What a test has of a server that is shut down; it answers probes at `/own/ready`. */
export interface Served extends Draining {
  leave(options?: ShutdownOptions): Promise<DrainReport>
}

/** Runs an application for one test of its shutdown. */
export function served(
  app: App,
  test: (context: Served) => Promise<void>,
  settings: Partial<AppSettings> = {},
): Promise<void> {
  return draining(
    app,
    (context) => test({ ...context, leave: (options = {}) => shutdown(context.server, options) }),
    { own: probe, ...settings },
  )
}
