/**
 * Attaches every HTTP server that a program opens, with options from `EVENKEEL_*` variables. It is loaded before the
 * program: `node --import @evenkeel/node/auto app.js`, or `--require`. A bad variable ends the program.
 *
 * Options with which the program itself attaches a server win, whether it does so before or after.
 *
 * The servers' own timeouts stay as they are unless `EVENKEEL_IDLE_TIMEOUT` or `EVENKEEL_TUNE_TIMEOUTS` is set: with
 * limits that are never reached, a server answers byte for byte as without this module.
 */
import { subscribe } from 'node:diagnostics_channel'
import { optionsFrom } from './options/environment.js'
import type { ServerOptions } from './options/options.js'
import { attachMeanwhile } from './server/attach.js'
import { isHttpServer } from './server/events.js'

const given = optionsFrom(process.env)
const options: ServerOptions = { tuneTimeouts: given.idleTimeout !== undefined, ...given }

// Node publishes this at every `listen()`, before the first connection can come.
subscribe('tracing:net.server.listen:asyncStart', (message) => {
  attachTo((message as { server?: unknown }).server)
})

function attachTo(server: unknown): void {
  if (isHttpServer(server)) attachMeanwhile(server, options)
}
