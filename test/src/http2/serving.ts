import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'

/** What a server sent for one request. */
export interface StreamAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** The error code of the stream: 0 if it went well, 7 (REFUSED_STREAM) if it was never processed. */
  readonly code: number
}

/** A client session that is open. */
export async function session(port: number, secure = false): Promise<ClientHttp2Session> {
  const client = connect(`${secure ? 'https' : 'http'}://localhost:${port}`, { rejectUnauthorized: false })
  await once(client, 'connect')
  return client
}

/** Sends a request and waits until its stream has closed, whatever became of it. */
export function ask(
  client: ClientHttp2Session,
  path = '/',
  headers: Record<string, string> = {},
): Promise<StreamAnswer> {
  return new Promise((resolve) => {
    const stream = client.request({ ':path': path, ...headers })
    const received = new Map<string, string>()
    let body = ''
    stream.setEncoding('utf8')
    stream.on('response', (head) => {
      for (const [name, value] of Object.entries(head)) received.set(name, String(value))
    })
    stream.on('data', (data) => {
      body += data
    })
    stream.on('error', () => {})
    stream.on('close', () =>
      resolve({
        status: Number(received.get(':status') ?? 0),
        headers: received,
        body,
        code: stream.rstCode ?? 0,
      }),
    )
  })
}

/** Resolves with the error code of the GOAWAY that the client gets. */
export function goaway(client: ClientHttp2Session): Promise<number> {
  return new Promise((resolve) => client.once('goaway', resolve))
}
