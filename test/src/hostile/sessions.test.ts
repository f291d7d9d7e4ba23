import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  Http2ServerRequest,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { ask } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { meeting, moments } from './acts.js'
import { http2Hosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

interface Scene {
  readonly siege: Siege
  readonly request: Http2ServerRequest
  readonly stream: ServerHttp2Stream
  /** Undefined when the stream has lost it. */
  readonly session: ServerHttp2Session | undefined
  readonly client: ClientHttp2Session
  readonly clientStream: ClientHttp2Stream
}

const acts: Readonly<Record<string, (scene: Scene) => void>> = {
  'stream.close()': ({ stream }) => stream.close(),
  'stream.close(CANCEL)': ({ stream }) => stream.close(8),
  'stream.destroy()': ({ stream }) => void stream.destroy(),
  'stream.destroy(error)': ({ stream }) => void stream.destroy(new Error('on purpose')),
  'session.close()': ({ session }) => session?.close(),
  'session.destroy()': ({ session }) => session?.destroy(),
  'session.destroy(error)': ({ session }) => session?.destroy(new Error('on purpose')),
  // Behind a goaway() alone, Node does not see its client go.
  'session.goaway() and destroy()': ({ session }) => {
    session?.goaway(2)
    session?.destroy()
  },
  'keel.retire(request)': ({ siege, request }) => void siege.keel.retire(request),
  'retired and destroyed': ({ siege, request, session }) => {
    siege.keel.retire(request)
    session?.destroy()
  },
  'the client resets the stream': ({ clientStream }) => clientStream.close(8),
  'the client closes the session': ({ client }) => client.close(),
  'the client destroys the session': ({ client }) => client.destroy(),
}
const ways = Object.keys(acts).length

const corrupts = (when: string): string | false =>
  process.versions.node.startsWith('20.') && when === 'at the end of an upload'
    ? 'session.destroy() in there corrupts the heap of Node 20, on a bare server as well'
    : false

for (const { name, options } of everySettings) {
  describe(`sessions that end between events, ${name}`, () => {
    for (const host of http2Hosts) {
      /** Sends an upload and a request, and resolves when the upload has met its moment. */
      const meets = async (siege: Siege, act: (scene: Scene) => void, meet: (then: Meet) => void) => {
        const client = await siege.session()
        let session: ServerHttp2Session | undefined
        const met = new Promise<void>((resolve) => {
          meet((incoming) => {
            const request = incoming as unknown as Http2ServerRequest
            const { stream } = request
            session = stream.session as ServerHttp2Session | undefined
            act({ siege, request, stream, session, client, clientStream })
            resolve()
          })
        })
        const clientStream = client.request({ ':method': 'POST', ':path': '/meet' })
        clientStream.on('error', () => {})
        clientStream.end('0123456789')
        clientStream.resume()
        // Without an end where the connection goes before it is answered.
        void ask(client, '/another')
        await met
        for (let turn = 0; turn < 3; turn++) await setImmediate()
        client.destroy()
        for (let turn = 0; turn < 3; turn++) await setImmediate()
        // Node does not always see its client go, with or without Even Keel.
        session?.destroy()
        await siege.settled()
        assert.equal(siege.keel.snapshot().connections.total, 0)
      }

      for (const [when, moment] of Object.entries(moments)) {
        let meet: Meet = () => {}
        const listener = meeting(moment, (request) => meet(request))
        const told = (then: Meet): void => {
          meet = then
        }

        it(`${host.name}: ${when}, in ${ways} ways`, { skip: corrupts(when) }, () =>
          besieged(host, { options, listener }, async (siege) => {
            for (const act of Object.values(acts)) await meets(siege, act, told)
          }),
        )

        it(`${host.name}: ${when}, detach()`, () =>
          besieged(host, { options, listener }, (siege) => meets(siege, siege.detach, told)))
      }
    }
  })
}

type Meet = (request: IncomingMessage) => void
