import type { App } from '../apps/app.js'
import { bounds } from './bounds.js'
import { calls } from './calls.js'
import { control } from './control.js'
import { idle } from './idle.js'
import { inFlight } from './in-flight.js'
import { leaving } from './leaving.js'
import { marking } from './marking.js'
import { stopping } from './stopping.js'

/** How every server and framework leaves. */
export function drain(app: App): void {
  marking(app)
  idle(app)
  inFlight(app)
  bounds(app)
  control(app)
  stopping(app)
  leaving(app)
  calls(app)
}
