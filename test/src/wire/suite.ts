import type { App } from '../apps/app.js'
import { behindEvents } from './behind-events.js'
import { leaving } from './leaving.js'
import { lingering } from './lingering.js'
import { pipelining } from './pipelining.js'
import { transfers } from './transfers.js'

/** What every server and framework must do with clients that pipeline, upload, go away or do not listen. */
export function wire(app: App): void {
  pipelining(app)
  leaving(app)
  lingering(app)
  transfers(app)
  behindEvents(app)
}
