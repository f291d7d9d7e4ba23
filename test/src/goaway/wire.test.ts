import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createSecureServer, createServer, type Http2Server } from 'node:http2'
import { describe, it } from 'node:test'
import { attach } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { certificate } from '../certificate.js'
import { endHeaders, endStream, FrameClient, frame, get, request, types } from '../hostile/frames.js'

/** In how many turns of the event loop requests go on to come, and how many streams begin in each. */
const turns = 6
const streamsInTurn = 3

/** When a session is retired, seen from the handler of its first stream. */
const moments: Readonly<Record<string, (act: () => void) => unknown>> = {
  'at once': (act) => act(),
  'on the next tick': (act) => process.nextTick(act),
  'behind the reading of this turn': (act) => setImmediate(act),
  'from a timer': (act) => setTimeout(act, 1),
}

/** `POST /` (RFC 7541, appendix A: the same but for the method). */
function post(stream: number): Buffer {
  const head = Buffer.concat([Buffer.from([0x83]), get.subarray(1)])
  return Buffer.concat([
    frame(types.headers, endHeaders, stream, head),
    frame(types.data, endStream, stream, Buffer.from('body')),
  ])
}

for (const [name, secure, create] of [
  ['plain', false, () => createServer()],
  ['secure', true, () => createSecureServer(certificate)],
] as const) {
  describe(`http2, ${name}: ${turns * streamsInTurn} streams that begin while GOAWAY is on its way`, () => {
    for (const [moment, retire] of Object.entries(moments)) {
      it(`are executed and answered up to the one that it names, and no other is touched: retired ${moment}`, async () => {
        const server: Http2Server = create()
        const keel = attach(server, {})
        await listening(server, async ({ port }) => {
          const client = await FrameClient.connect(port, secure)
          const received: Buffer[] = []
          client.socket.on('data', (data) => received.push(data))
          const sent = [1]
          const executed: number[] = []
          const goOn = (left: number): void => {
            if (left === 0) return
            for (let stream = 0; stream < streamsInTurn; stream++) sent.push(1 + 2 * sent.length)
            client.send(...sent.slice(-streamsInTurn).map((stream) => (stream % 3 ? post : request)(stream)))
            setImmediate(goOn, left - 1)
          }
          server.on('request', (request, response) => {
            executed.push(request.stream.id ?? 0)
            if (executed.length === 1)
              retire(() => {
                for (const { key } of keel.connections()) keel.retire(key)
                goOn(turns)
              })
            response.end()
          })
          const closed = once(client.socket, 'close')
          client.send(request(1))
          await closed
          const frames = framesOf(Buffer.concat(received))
          const goaways = frames.filter(({ type }) => type === types.goaway)
          const last = Math.min(...goaways.map(({ payload }) => payload.readUInt32BE(0)))
          const covered = sent.filter((stream) => stream <= last)
          assert.ok(goaways.length > 0 && covered.length < sent.length, `GOAWAY said ${last}`)
          assert.deepEqual(executed, covered)
          assert.deepEqual(streamsOf(frames, types.headers), covered)
          // The GOAWAY has told it: a client may send them again elsewhere.
          assert.deepEqual(
            streamsOf(frames, types.reset).filter((stream) => stream > last),
            [],
          )
          assert.equal(keel.snapshot().totals.requests, executed.length)
        })
      })
    }
  })
}

interface Frame {
  readonly type: number
  readonly stream: number
  readonly payload: Buffer
}

function framesOf(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3)
    const [type, stream] = [bytes.readUInt8(at + 3), bytes.readUInt32BE(at + 5)]
    frames.push({ type, stream, payload: bytes.subarray(at + 9, end) })
    at = end
  }
  return frames
}

/** The streams of the frames of one type, in order. */
function streamsOf(frames: readonly Frame[], type: number): number[] {
  return frames
    .filter((frame) => frame.type === type)
    .map(({ stream }) => stream)
    .sort((a, b) => a - b)
}
