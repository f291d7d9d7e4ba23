import { type ClientHttp2Session, connect, constants } from 'node:http2'
import type { Client, Outcome, Phase } from './phase.js'

const { NGHTTP2_REFUSED_STREAM } = constants

/** More would mean that the server takes none. */
const maxTries = 50

/** One burst is under way while another begins. */
const loopsPerSession = 2

/** Node's HTTP/2 client. It writes the frames of a whole burst of requests at once, so that the server reads them at once. */
export class BurstClient implements Client {
  #sessions: Session[] = []
  readonly #all = new Set<Session>()
  #phases = 0

  async perform(phase: Phase): Promise<Outcome> {
    const number = this.#phases++
    if (phase.fresh || this.#sessions.length === 0) {
      this.#sessions = Array.from({ length: phase.clients }, () => new Session())
      for (const session of this.#sessions) this.#all.add(session)
    }
    const failures: Record<string, number> = {}
    let answered = 0
    const loops = Math.min(loopsPerSession, phase.workers)
    const workers = Array.from({ length: phase.workers / loops }, (_, worker) => worker)
    const send = async (session: Session, name: string): Promise<void> => {
      for (let request = 0; request < phase.requests; request++) {
        const size = phase.bodies[request % phase.bodies.length] ?? 0
        const burst = workers.map((worker) => session.ask(phase, `${name}-${worker}-${request}`, size))
        for (const failure of await Promise.all(burst)) {
          if (failure === undefined) answered++
          else failures[failure] = (failures[failure] ?? 0) + 1
        }
      }
    }
    const sending = this.#sessions.flatMap((session, index) =>
      Array.from({ length: loops }, (_, loop) => send(session, `burst-${number}-${index}-${loop}`)),
    )
    await Promise.all(sending)
    return { answered, failures }
  }

  close(): void {
    for (const session of this.#all) session.close()
  }
}

/** One session after another. */
class Session {
  #current: ClientHttp2Session | undefined

  close(): void {
    this.#current?.destroy()
  }

  /** Asks again what no handler has seen, as a client may. Why it failed, if it did. */
  async ask(phase: Phase, id: string, size: number): Promise<string | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      const { code, text, error } = await this.#try(phase, id, size)
      if (code === NGHTTP2_REFUSED_STREAM) continue
      return text === id ? undefined : `${error?.message ?? 'answered'} ${JSON.stringify(text)}`
    }
    return `refused ${maxTries} times`
  }

  #try({ url, method }: Phase, id: string, size: number): Promise<Tried> {
    if (this.#current === undefined || this.#current.closed || this.#current.destroyed) {
      this.#current = connect(url, { rejectUnauthorized: false }).on('error', () => {})
      this.#current.setMaxListeners(0)
    }
    const head = { ':method': method, 'x-id': id }
    const stream = this.#current.request(head, { endStream: method === 'GET' })
    if (method === 'POST') stream.end(Buffer.alloc(size, 'x'))
    stream.setEncoding('utf8')
    let text = ''
    let error: Error | undefined
    stream.on('data', (data) => {
      text += data
    })
    stream.on('error', (reason) => {
      error = reason
    })
    return new Promise((resolve) => {
      stream.on('close', () => resolve({ code: stream.rstCode ?? 0, text, error }))
    })
  }
}

interface Tried {
  readonly code: number
  readonly text: string
  readonly error: Error | undefined
}
