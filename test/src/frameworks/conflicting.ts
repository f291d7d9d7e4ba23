import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { evenkeel as onExpress } from '@evenkeel/express'
import { evenkeel as onKoa } from '@evenkeel/koa'
import type { Keel, ServerOptions } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import express5 from 'express'
import express4 from 'express4'
import Koa3 from 'koa'
import Koa2 from 'koa2'

/** An application that answers `ok`, and its middlewares. */
export interface Mounted {
  readonly listener: RequestListener
  readonly middlewares: readonly { readonly keel: Keel | undefined }[]
}

type Mount = (...options: (ServerOptions | undefined)[]) => Mounted

const mountOnExpress =
  (create: typeof express5): Mount =>
  (...options) => {
    const app = create()
    const middlewares = options.map((each) => onExpress(each))
    for (const middleware of middlewares) app.use(middleware)
    app.get('/', (_request, response) => void response.send('ok'))
    app.set('env', 'test')
    return { listener: app, middlewares }
  }

const mountOnKoa =
  (Koa: typeof Koa3): Mount =>
  (...options) => {
    const app = new Koa()
    app.silent = true
    const middlewares = options.map((each) => onKoa(each))
    for (const middleware of middlewares) app.use(middleware)
    app.use((context) => {
      context.body = 'ok'
    })
    return { listener: app.callback(), middlewares }
  }

type Name = 'Express 4' | 'Express 5' | 'Koa 2' | 'Koa 3'

/** Mounts one middleware for each set of options. */
export const mounts: Readonly<Record<Name, Mount>> = {
  'Express 4': mountOnExpress(express4),
  'Express 5': mountOnExpress(express5),
  'Koa 2': mountOnKoa(Koa2),
  'Koa 3': mountOnKoa(Koa3),
}

/** So many requests on each connection, and it says so with the last. */
export function limit(maxRequestsPerConnection: number): ServerOptions {
  return { maxRequestsPerConnection, jitter: 0 }
}

/** Status and `Connection` header of each answer on one new connection, until the server ends it or fails. */
export async function answersOf(server: Server): Promise<string[]> {
  const client = await RawClient.connect({ port: (server.address() as AddressInfo).port })
  const answers: string[] = []
  try {
    for (let kept = true; kept; ) {
      const { status, headers } = await client.request('/')
      const connection = headers.get('connection')
      answers.push(`${status} ${connection}`)
      kept = status === 200 && connection !== 'close'
    }
    return answers
  } finally {
    client.close()
  }
}

/** Runs a server for one test. */
export function serving(listener: RequestListener, test: (server: Server) => Promise<void>): Promise<void> {
  const server = createServer(listener)
  return listening(server, () => test(server))
}

/** The process warnings of a kind that come while something is done. */
export async function warningsOf(code: string, act: () => Promise<void>): Promise<string[]> {
  const messages: string[] = []
  const hear = (warning: Error & { code?: string }): void => {
    if (warning.code === code) messages.push(warning.message)
  }
  process.on('warning', hear)
  try {
    await act()
    return messages
  } finally {
    process.off('warning', hear)
  }
}
