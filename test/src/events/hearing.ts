import type { ServerOptions } from '@evenkeel/node'
import type { App, AppSettings } from '../apps/app.js'
import { type Draining, draining } from '../drain/draining.js'
import { Heard } from './heard.js'

/** What a test has of a server that is listened to, in a time of its own. */
export interface Hearing extends Draining {
  readonly heard: Heard
}

/** Runs an application for one test, and holds what its listeners were told against what was published. */
export function hearing(
  app: App,
  options: ServerOptions,
  test: (context: Hearing) => Promise<void>,
  settings: Partial<AppSettings> = {},
): Promise<void> {
  return draining(
    app,
    async (context) => {
      const heard = new Heard(context.keel(), context.server)
      try {
        await test({ ...context, heard })
        heard.assertPublished()
      } finally {
        heard.stop()
      }
    },
    { ...settings, options },
  )
}
