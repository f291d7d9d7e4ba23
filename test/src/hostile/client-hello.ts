import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { connect } from 'node:tls'

/** The first message of a TLS handshake, as Node's own client sends it: a record of some hundred bytes. */
export async function clientHello(): Promise<Buffer> {
  const transport = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      this.emit('sent', chunk)
      done()
    },
  })
  const sent = once(transport, 'sent')
  const client = connect({ socket: transport, servername: 'localhost' })
  client.on('error', () => {})
  const [hello] = (await sent) as [Buffer]
  client.destroy()
  return hello
}
