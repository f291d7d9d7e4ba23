import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Gate } from '../wire/gate.js'
import { it } from '../wire/it.js'
import { Program, untilNotReady } from './program.js'

/** No client is taken for gone because this machine stood still. */
const options = { signals: ['SIGTERM'], within: 1_000, quiet: 60_000 } as const

/** How long each client pauses between its requests, in milliseconds. */
const pauses = [0, 0, 0, 1, 1, 2, 5, 5, 10, 10, 20, 20, 40, 40, 80, 80, 100, 100, 150, 150, 250, 250]

/** After how many requests of each the server knows how they use their connections. */
const enough = 3

/** A client with one connection, which goes on with another server behind a last response, or when turned away. */
class Client {
  readonly before: number
  readonly behind: number
  readonly #gate: Gate
  /** How many requests each of them has answered, by port. */
  readonly answered = new Map<number, number>()

  constructor(before: number, behind: number, gate: Gate) {
    this.before = before
    this.behind = behind
    this.#gate = gate
  }

  /** Goes on until the second server has answered as often as is enough. */
  async run(pause: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    let port = this.before
    while ((this.answered.get(this.behind) ?? 0) < enough) {
      await setTimeout(pause)
      if (await this.#ask(port, agent)) port = this.behind
    }
    agent.destroy()
  }

  /** True if it is time to go. */
  async #ask(port: number, agent: Agent): Promise<boolean> {
    const outgoing = request({ host: '127.0.0.1', port, path: '/ok', agent }).end()
    try {
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
      let body = ''
      for await (const chunk of response) body += chunk
      assert.deepEqual([response.statusCode, body], [200, 'ok'])
      this.answered.set(port, (this.answered.get(port) ?? 0) + 1)
      this.#gate.notify()
      return response.headers.connection === 'close'
    } catch (error) {
      // A connection that it is not given costs it nothing.
      if (outgoing.reusedSocket || port === this.behind) throw error
      return true
    }
  }
}

describe('a server that leaves within 1 000 ms', () => {
  it(`loses no request of ${pauses.length} clients that pause for 0 to 250 ms and go on elsewhere`, async () => {
    const other = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
    try {
      await Program.run('plain.js', options, async (program) => {
        const { port } = other.address() as AddressInfo
        const gate = new Gate()
        const clients = pauses.map(() => new Client(program.port, port, gate))
        const running = Promise.all(clients.map((client, index) => client.run(pauses[index] ?? 0)))
        const known = gate.until(() =>
          clients.every(({ answered }) => (answered.get(program.port) ?? 0) >= enough),
        )
        await Promise.race([known, running])
        const prober = await program.connect()
        program.signal('SIGTERM')
        await untilNotReady(prober)
        prober.close()
        await running
        assert.deepEqual(await program.told(), { closed: true })
        const { report } = await program.told()
        assert.deepEqual([report?.connections, report?.destroyed], [pauses.length + 1, 0])
        assert.deepEqual(await program.ended(), [0, null])
      })
    } finally {
      other.closeAllConnections()
      other.close()
    }
  })
})
