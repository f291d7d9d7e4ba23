import { createServer } from 'node:https'
import { certificate } from '../certificate.js'
import type { App } from './app.js'
import { listener, start } from './plain.js'

/** `node:https` without a framework. Apart from the others, so that only what uses it makes a certificate. */
export const secure: App = {
  name: 'node:https',
  secure: true,
  listen: (settings) => start(createServer(certificate, listener(settings)), settings),
}
