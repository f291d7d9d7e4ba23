import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { World } from '../world.js'
import { compatActs, now as compatNow } from './compat-acts.js'
import { coreActs, endingActs, now } from './core-acts.js'
import type { Settings } from './script.js'

const acts = { ...coreActs, ...endingActs }

/** A server that does what each path says, and writes down what it sees. */
export function build({ api, ...settings }: Settings, world: World): Http2Server {
  const server = createServer({ settings })
  server.on('session', (session) => observeSession(session, world))
  server.on('sessionError', (error: NodeJS.ErrnoException) => world.note(`session error ${error.code}`))
  if (api === 'compat') {
    server.on('request', (request, response) => {
      const { stream, url } = request
      const number = observe(stream, url, world)
      request.on('error', () => {})
      response.on('error', () => {})
      const attempt = attemptOf(stream, world)
      const act = compatActs[actOf(url)] ?? compatNow
      attempt(() => act({ request, response, number, attempt, ...pausesOf(number, attempt, world) }))
    })
  } else {
    server.on('stream', (stream, headers) => {
      const url = headers[':path'] ?? ''
      const number = observe(stream, url, world)
      const session = stream.session as ServerHttp2Session
      const attempt = attemptOf(stream, world)
      const act = acts[actOf(url)] ?? now
      attempt(() => act({ stream, session, number, attempt, ...pausesOf(number, attempt, world) }))
    })
  }
  return server
}

const actOf = (url: string): string => url.split('/')[1] ?? ''

type Attempt = (what: () => void) => void

function attemptOf({ id }: ServerHttp2Stream, world: World): Attempt {
  return (what) => {
    try {
      what()
    } catch (error) {
      world.note(`thrown ${id} ${(error as NodeJS.ErrnoException).code ?? error}`)
    }
  }
}

function pausesOf(
  number: string,
  attempt: Attempt,
  world: World,
): { wait(next: () => void): void; soon(next: () => void): void } {
  return {
    wait: (next) => world.wait(number, () => attempt(next)),
    soon: (next) => world.soon(() => attempt(next)),
  }
}

function observe(stream: ServerHttp2Stream, url: string, world: World): string {
  const { id } = stream
  world.note(`runs ${id} ${url}`)
  stream.on('error', (error: NodeJS.ErrnoException) =>
    world.note(`error ${id} ${error.code ?? error.message}`),
  )
  stream.on('aborted', () => world.note(`aborted ${id}`))
  stream.on('finish', () => world.note(`finished ${id}`))
  stream.on('close', () => world.note(`closed ${id} ${stream.rstCode}`))
  return /\d+$/.exec(url)?.[0] ?? '99'
}

function observeSession(session: ServerHttp2Session, world: World): void {
  session.on('close', () => world.note('session closed'))
  session.on('goaway', (code, last) => world.note(`goaway ${code} ${last}`))
  session.on('frameError', (type, code, id) => world.note(`frame error ${type} ${code} ${id}`))
}
