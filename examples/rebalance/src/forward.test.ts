import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { forward } from './forward.js'

const host = '127.0.0.1'

test('bytes go both ways, and the end of one direction leaves the other open', async (t) => {
  const { client, server } = await join(t)
  client.end('question')
  assert.equal(await read(server), 'question')
  server.end('answer')
  assert.equal(await read(client), 'answer')
})

test('a reset by the server reaches the client as a reset', async (t) => {
  const { client, server } = await join(t)
  server.resetAndDestroy()
  assert.equal((await errorOf(client)).code, 'ECONNRESET')
})

test('a reset by the client reaches the server as a reset', async (t) => {
  const { client, server } = await join(t)
  client.resetAndDestroy()
  assert.equal((await errorOf(server)).code, 'ECONNRESET')
})

test('a server that refuses the connection is a reset for the client', async (t) => {
  const gone = await listen(t, () => {})
  const port = portOf(gone)
  gone.close()
  await once(gone, 'close')
  const client = connectTo(await listen(t, (socket) => forward(socket, connect({ host, port }))))
  assert.equal((await errorOf(client)).code, 'ECONNRESET')
})

/** A client and a server with the forwarder between them. */
async function join(t: TestContext): Promise<{ client: Socket; server: Socket }> {
  const target = await listen(t, () => {})
  const forwarder = await listen(t, (socket) => forward(socket, connectTo(target)))
  const accepted = once(target, 'connection')
  const client = connectTo(forwarder)
  const [server] = await accepted
  return { client, server }
}

async function listen(t: TestContext, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, accept).listen(0, host)
  t.after(() => server.close())
  await once(server, 'listening')
  return server
}

function connectTo(server: Server): Socket {
  return connect({ host, port: portOf(server), allowHalfOpen: true })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** Everything until the other side's end; iterating would destroy the socket there, and its own direction with it. */
async function read(socket: Socket): Promise<string> {
  let content = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    content += part
  })
  await once(socket, 'end')
  return content
}

async function errorOf(socket: Socket): Promise<NodeJS.ErrnoException> {
  const [error] = await once(socket, 'error')
  return error
}
