/**
 * Loaded before a program (`node --import @evenkeel/node/auto app.js`, or `--require`), attaches every HTTP
 * server that the program opens, with options from `EVENKEEL_*` variables. A bad variable ends the program.
 *
 * A program that attaches a server by itself, before or after, with options of its own, has the last word.
 *
 * The servers' own timeouts stay as they are unless `EVENKEEL_IDLE_TIMEOUT` or `EVENKEEL_TUNE_TIMEOUTS` is set:
 * with limits that are never reached, a server answers byte for byte as without this module.
 */
import { subscribe } from 'node:diagnostics_channel'
import { optionsFrom } from './options/environment.js'
import type { ServerOptions } from './options/options.js'
import { attachMeanwhile } from './server/attach.js'
import { isHttpServer } from './server/events.js'

const given = optionsFrom(process.env)
const options: ServerOptions = { tuneTimeouts: given.idleTimeout !== undefined, ...given }

// Published at every `listen()`, before the first connection can come.
subscribe('tracing:net.server.listen:asyncStart', (message) => {
  attachTo((message as { server?: unknown }).server)
})

function attachTo(server: unknown): void {
  if (isHttpServer(server)) attachMeanwhile(server, options)
}
