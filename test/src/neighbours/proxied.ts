import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type Server } from 'node:http'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { WebSocket, WebSocketServer } from 'ws'

export interface Chain {
  readonly front: number
  readonly keels: { readonly front: Keel | undefined; readonly backend: Keel | undefined }
  connect(): Promise<RawClient>
}

/** How many requests a connection may have; none for a bare server. */
export interface Limits {
  readonly front?: number
  readonly backend?: number
}

const k = 'keep-alive'
const c = 'close'

/** Six requests through a proxy that copies the backend's `Connection`: what the answers say of the connection. */
export const copies: readonly (readonly [what: string, limits: Limits, expected: readonly string[]])[] = [
  ['no limits', {}, [k, k, k, k, k, k]],
  ['a limit of 3 at the front, which copies keep-alive', { front: 3 }, [k, k, c, k, k, c]],
  ['a limit of 2 at the backend, whose close is copied', { backend: 2 }, [k, c, k, c, k, c]],
  ['limits of 3 at the front and 2 at the backend', { front: 3, backend: 2 }, [k, c, k, c, k, c]],
  ['limits of 2 at the front and 3 at the backend', { front: 2, backend: 3 }, [k, c, c, k, c, c]],
  ['limits of 2 at both', { front: 2, backend: 2 }, [k, c, k, c, k, c]],
]

/** Makes a proxy in front of a target, by an agent's connections; with the proxy comes what ends it. */
export type MakeProxy = (target: string, agent: Agent) => Promise<{ server: Server; close: () => unknown }>

/** A reverse proxy in front of a server, each bare or attached with a limit. */
export async function chained(
  make: MakeProxy,
  limits: Limits,
  test: (chain: Chain) => Promise<void>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const backend = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.end(`${request.method} ${request.url} ${body}`)
  })
  const sockets = new WebSocketServer({ server: backend })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)))
  const keels = { backend: limited(backend, limits.backend), front: undefined as Keel | undefined }
  await listening(backend, async ({ port }) => {
    const { server: front, close } = await make(`http://127.0.0.1:${port}`, agent)
    keels.front = limited(front, limits.front)
    try {
      await listening(front, ({ port, connect }) => test({ front: port, keels, connect }))
    } finally {
      close()
      agent.destroy()
      sockets.close()
    }
  })
}

function limited(server: Server, limit: number | undefined): Keel | undefined {
  const options: ServerOptions = {
    maxRequestsPerConnection: limit ?? Infinity,
    jitter: 0,
    tuneTimeouts: false,
  }
  return limit === undefined ? undefined : attach(server, options)
}

/** Requests on connections of the front: what each answer says of its connection. */
export async function marks({ connect }: Chain, count: number): Promise<readonly (string | undefined)[]> {
  const seen = []
  let client = await connect()
  for (let request = 1; request <= count; request++) {
    const { headers, status, body } = await client.request(`/${request}`, {
      method: 'POST',
      body: `body ${request}`,
    })
    assert.equal(status, 200)
    assert.equal(body, `POST /${request} body ${request}`)
    const mark = headers.get('connection')
    seen.push(mark)
    if (mark !== 'close') continue
    assert.equal(await client.ended, 'fin')
    client = await connect()
  }
  return seen
}

/** Three messages through a WebSocket, and back. */
export async function echoes({ front, keels }: Chain): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${front}`)
  await once(socket, 'open')
  for (const text of ['one', 'two', 'three']) {
    socket.send(text)
    const [data] = await once(socket, 'message')
    assert.equal(String(data), `echo ${text}`)
  }
  for (const keel of Object.values(keels)) {
    if (keel !== undefined) assert.equal(keel.snapshot().connections.upgraded, 1)
  }
  socket.close()
  await once(socket, 'close')
}
