import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

/** What an HTTP/2 client sends first (RFC 9113, section 3.4). */
export const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** Frame types and flags (RFC 9113, section 6). */
export const types = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  continuation: 9,
} as const
export const endStream = 1
export const acknowledge = 1
export const endHeaders = 4

/** A frame, whatever it says. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = none): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

const none = Buffer.alloc(0)

/** `GET /`, all of it from HPACK's static table (RFC 7541, appendix A) but the authority. */
export const get: Buffer = Buffer.from([0x82, 0x86, 0x84, 0x41, 0x01, 0x78])

export function request(stream: number): Buffer {
  return frame(types.headers, endHeaders | endStream, stream, get)
}

/** An error code, as RST_STREAM has it, or the increment of a window. */
export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A client that sends the frames that it is told. */
export class FrameClient {
  readonly socket: Socket
  #received: Buffer = none
  #over = false
  #sent = 0
  #answered = 0

  /** Sends the preface and its settings. */
  static async connect(port: number, secure: boolean): Promise<FrameClient> {
    const socket = secure
      ? connectSecurely({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' })
    const client = new FrameClient(socket)
    await once(socket, secure ? 'secureConnect' : 'connect')
    client.send(Buffer.from(preface), frame(types.settings, 0, 0))
    return client
  }

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => {})
    socket.on('data', (data) => this.#read(data))
    socket.on('close', () => this.#end())
  }

  send(...frames: readonly Uint8Array[]): void {
    if (this.socket.writable) this.socket.write(Buffer.concat(frames))
  }

  /** Resolves when the server has read all that was sent: it answers a ping, says GOAWAY, or is gone. */
  async processed(): Promise<void> {
    const ping = ++this.#sent
    this.send(frame(types.ping, 0, 0, Buffer.concat([sign, word(ping)])))
    while (!this.#over && this.#answered < ping) await once(this.socket, 'progress')
  }

  destroy(): void {
    this.socket.destroy()
  }

  #read(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const length = this.#received.length < 9 ? Infinity : 9 + this.#received.readUIntBE(0, 3)
      if (this.#received.length < length) return
      const type = this.#received.readUInt8(3)
      // Node 20 keeps a session open whose client has broken the protocol, but reads no more of it.
      if (type === types.goaway) this.#end()
      if (type === types.ping && this.#received.subarray(9, 13).equals(sign)) {
        this.#answered = this.#received.readUInt32BE(13)
        this.socket.emit('progress')
      }
      this.#received = this.#received.subarray(length)
    }
  }

  #end(): void {
    this.#over = true
    this.socket.emit('progress')
  }
}

/** Tells the pings that ask from those of a flood. */
const sign = Buffer.from('sign')
