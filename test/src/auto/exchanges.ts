import { once } from 'node:events'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { rawAnswers } from '../apps/app.js'

/** What a client does on one connection. */
export interface Exchange {
  readonly name: string
  run(client: RawClient): unknown
  /** The server ends the connection by itself; otherwise it is asked to, with a last request. */
  readonly ends: boolean
}

const text = 'Content-Type: text/plain\r\n'
const chunked = `POST /echo HTTP/1.1\r\nHost: localhost\r\n${text}Transfer-Encoding: chunked\r\n\r\n`

const keeping: Readonly<Record<string, Exchange['run']>> = {
  'nothing but the last request': () => {},
  'three GETs': async (client) => {
    for (let request = 0; request < 3; request++) await client.request('/ok')
  },
  HEAD: (client) => client.request('/ok', { method: 'HEAD' }),
  POST: (client) => client.request('/echo', { method: 'POST', headers: text, body: 'x'.repeat(100_000) }),
  'POST in chunks': async (client) => {
    client.send(`${chunked}3\r\nabc\r\n`)
    client.send('2\r\nde\r\n0\r\n\r\n')
    await client.response()
  },
  'POST that nobody reads': (client) =>
    client.request('/missing', { method: 'POST', headers: text, body: 'x'.repeat(1_000) }),
  'a 404': (client) => client.request('/missing'),
  'a thrown error': (client) => client.request('/throw'),
  'a 204': (client) => client.request('/empty'),
  'a 304': (client) => client.request('/not-modified', { headers: 'If-None-Match: "x"\r\n' }),
  OPTIONS: (client) => client.request('/ok', { method: 'OPTIONS' }),
  'six pipelined requests': async (client) => {
    const post = `POST /echo HTTP/1.1\r\nHost: localhost\r\n${text}Content-Length: 4\r\n\r\nbody`
    client.send(get('/ok') + post + get('/missing') + get('/throw') + get('/empty') + post)
    for (let response = 0; response < 6; response++) await client.response()
  },
  'HTTP/1.0 with keep-alive': (client) =>
    client.request('/ok', { version: '1.0', headers: 'Connection: keep-alive\r\n' }),
  'Expect: 100-continue': async (client) => {
    const head = `POST /echo HTTP/1.1\r\nHost: localhost\r\n${text}Content-Length: 4\r\n`
    client.send(`${head}Expect: 100-continue\r\n\r\n`)
    while (!client.rest.endsWith('100 Continue\r\n\r\n')) await once(client.socket, 'progress')
    client.send('body')
  },
  'Expect: something else': (client) => client.request('/ok', { headers: 'Expect: a miracle\r\n' }),
  'Upgrade, where nobody listens for it': (client) =>
    client.request('/ok', { headers: 'Connection: Upgrade\r\nUpgrade: websocket\r\n' }),
}

const ending: Readonly<Record<string, Exchange['run']>> = {
  'pipelined requests behind one that asks for the end': (client) =>
    client.send(get('/ok') + last + get('/ok') + get('/ok')),
  'HTTP/1.0': (client) => client.request('/ok', { version: '1.0' }),
  'a malformed request': (client) => client.send('NONSENSE\r\n\r\n'),
  'a malformed request behind a good one': async (client) => {
    await client.request('/ok')
    client.send('GET /ok HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n')
  },
  'a malformed chunk': (client) => client.send(`${chunked}nonsense\r\n`),
  'no Host': (client) => client.send('GET /ok HTTP/1.1\r\n\r\n'),
  'headers of 17 000 bytes': (client) =>
    client.send(`GET /ok HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`),
  'the preface of HTTP/2': (client) => client.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  'CONNECT, where nobody listens for it': (client) =>
    client.send('CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  'a client that ends its side at once': (client) => client.socket.end(get('/ok')),
}

/** Answers that set a `Connection` header of their own. */
const raw: readonly Exchange[] = Object.keys(rawAnswers).map((name) => ({
  name: `raw/${name}`,
  run: (client) => client.request(`/raw/${name}`),
  ends: name.endsWith('close'),
}))

export const exchanges: readonly Exchange[] = [
  ...Object.entries(keeping).map(([name, run]) => ({ name, run, ends: false })),
  ...Object.entries(ending).map(([name, run]) => ({ name, run, ends: true })),
  ...raw,
]

/** Every byte that a server sends in an exchange, and how it ends the connection. A date is a date. */
export async function transcriptOf({ run, ends }: Exchange, port: number): Promise<string> {
  const client = await RawClient.connect({ port })
  let received = ''
  client.socket.on('data', (data) => {
    received += data
  })
  try {
    await run(client)
    if (!ends) client.send(last)
    const ended = await client.ended
    return `${received.replaceAll(/^Date: .*\r$/gm, 'Date: now\r')}[${ended}]`
  } finally {
    client.close()
  }
}

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
}

const last = 'GET /ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
