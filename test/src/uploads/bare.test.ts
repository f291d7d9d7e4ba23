import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { serving } from '../serving.js'
import { it } from '../wire/it.js'
import { Desk, firstHalf, secondHalf, ways } from './desk.js'
import { halfHead, restOfHead } from './half-head.js'

/** What Node does with them by itself. */
for (const app of [plain, secure]) {
  describe(`${app.name}, bare: server.close()`, () => {
    for (const way of ways) {
      it(`leaves ${way.name}`, () => {
        const desk = new Desk(way)
        const { prepare, listener: own } = desk
        return serving(app, { options: {}, mounts: 0, prepare, own }, async ({ server, connect }) => {
          const client = await connect()
          client.send(firstHalf(way))
          await desk.begun()
          if (way.early) await client.response()
          server.close()
          desk.goOn()
          client.send(secondHalf)
          assert.equal(await desk.over(), true)
        })
      })
    }

    it('leaves a connection, used before, on which half a head has come', () => {
      return serving(app, { options: {}, mounts: 0 }, async ({ server, connect }) => {
        const client = await connect()
        await client.request('/ok')
        await client.sent(halfHead)
        // Its answer tells that what was sent before it has been read.
        await (await connect()).request('/ok')
        server.close()
        client.send(restOfHead)
        assert.equal((await client.response()).body, 'ok')
      })
    })
  })
}
