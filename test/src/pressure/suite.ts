import type { App } from '../apps/app.js'
import { capacity } from './capacity.js'
import { silent } from './silent.js'

/** What every server and framework must bear. */
export function pressure(app: App): void {
  capacity(app)
  silent(app)
}
