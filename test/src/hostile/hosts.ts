import { createServer, type RequestListener, type ServerOptions } from 'node:http'
import { createServer as createHttp2Server, createSecureServer as createSecureHttp2Server } from 'node:http2'
import { createServer as createSecureServer } from 'node:https'
import type { HttpServer, ServerOptions as Options } from '@evenkeel/node'
import { certificate } from '../certificate.js'

export type Protocol = 'http1' | 'http2'

/** Timeouts of a server, so short that a test can wait for them. */
export interface Timeouts extends Pick<ServerOptions, 'headersTimeout' | 'requestTimeout'> {
  readonly connectionsCheckingInterval?: number
  readonly handshakeTimeout?: number
}

/** A kind of server that Even Keel can be attached to. */
export interface Host {
  readonly name: string
  readonly secure: boolean
  readonly protocols: readonly Protocol[]
  /** The options are those that it will be attached with: a framework's middleware may need them before. */
  create(
    listener: RequestListener,
    timeouts: Timeouts | undefined,
    options: Options,
  ): HttpServer | Promise<HttpServer>
}

const http: Host = {
  name: 'node:http',
  secure: false,
  protocols: ['http1'],
  create: (listener, timeouts = {}) => createServer(timeouts, listener),
}

const https: Host = {
  name: 'node:https',
  secure: true,
  protocols: ['http1'],
  create: (listener, timeouts = {}) => createSecureServer({ ...certificate, ...timeouts }, listener),
}

const http2: Host = {
  name: 'node:http2',
  secure: false,
  protocols: ['http2'],
  create: (listener) => createHttp2Server(listener as never),
}

/** Over TLS a server of node:http2 can speak both. */
const both: Host = {
  name: 'node:http2 with allowHTTP1',
  secure: true,
  protocols: ['http1', 'http2'],
  // Node 20 and 22 take its HTTP/1 timeouts only as properties.
  create: (listener, timeouts = {}) =>
    Object.assign(
      createSecureHttp2Server({ ...certificate, ...timeouts, allowHTTP1: true }, listener as never),
      timeouts,
    ),
}

export const hosts: readonly Host[] = [http, https, http2, both]
export const secureHosts: readonly Host[] = [https, both]
export const http1Hosts: readonly Host[] = [http, https, both]
export const http2Hosts: readonly Host[] = [http2, both]

/**
 * Of these hosts those that a test needs which has one connection at a time. It never fills a table, which knows neither
 * TLS nor frameworks: where room is limited, bare HTTP is enough.
 */
export function oneByOne(hosts: readonly Host[], { maxConnections }: Options): readonly Host[] {
  return maxConnections === undefined ? hosts : hosts.filter((host) => host === http)
}
