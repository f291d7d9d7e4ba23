import type { IncomingMessage, Server } from 'node:http'
import type { Http2SecureServer, Http2Server } from 'node:http2'
import type { Server as SecureServer } from 'node:https'
import type { Options } from '@evenkeel/core'

/** What can be attached to. */
export type HttpServer = Server | SecureServer | Http2Server | Http2SecureServer

/** The argument of `exempt`: Node's own request over HTTP/1, an object with the same members over HTTP/2. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

/** Options whose `exempt` gets a request's head. */
export type ServerOptions = Options<RequestHead>
