import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { assertSame, get, last, type Play, type Stand, shownBy } from './beside.js'

type Enter = (id: string, handle: () => void) => void

/** Notes which request's store is seen where: in the handler, in the events of its messages and socket, in timers. */
function noting(enter: Enter, stores: AsyncLocalStorage<string>, answers: 'at once' | 'later'): Play {
  const handle = (stand: Stand, request: IncomingMessage, response: ServerResponse, id: string): void => {
    const see = (where: string): void => stand.note(`${id} ${where}: ${stores.getStore()}`)
    see('in front')
    enter(id, () => {
      see('handler')
      request.on('end', () => see('request end')).on('close', () => see('request close'))
      for (const event of ['prefinish', 'finish', 'close']) response.on(event, () => see(`response ${event}`))
      queueMicrotask(() => see('microtask'))
      process.nextTick(() => see('tick'))
      const answer = (): void => {
        see('answer')
        response.end('ok')
      }
      if (answers === 'at once') answer()
      else setTimeout(() => setImmediate(answer), 1)
    })
    see('behind')
  }
  return {
    create: (stand) => {
      let requests = 0
      return createServer((request, response) => handle(stand, request, response, `request ${++requests}`))
    },
    async run({ connect, server, note }) {
      const accepted = once(server, 'connection')
      const client = await connect()
      const [socket] = await accepted
      socket.on('end', () => note(`socket end: ${stores.getStore()}`))
      const closed = once(socket, 'close').then(() => note(`socket close: ${stores.getStore()}`))
      await client.request('/')
      client.send(get + last)
      await client.ended
      await closed
    },
  }
}

describe('AsyncLocalStorage', () => {
  for (const answers of ['at once', 'later'] as const) {
    const stores = new AsyncLocalStorage<string>()
    for (const [way, enter] of [
      ['run()', (id, handle) => stores.run(id, handle)],
      [
        'enterWith()',
        (id, handle) => {
          stores.enterWith(id)
          handle()
        },
      ],
    ] as const satisfies [string, Enter][]) {
      const play = noting(enter, stores, answers)

      it(`${way}, answers ${answers}: every event of 3 requests sees the same store as on a bare server`, () =>
        assertSame(play))

      it(`${way}, answers ${answers}: the same where the third is the last of its connection`, async () => {
        const options = { maxRequestsPerConnection: 3, jitter: 0, tuneTimeouts: false }
        const notes = (shown: string): string => shown.slice(shown.indexOf('request 1 in front'))
        assert.equal(notes(await shownBy(play, options)), notes(await shownBy(play)))
      })
    }
  }
})
