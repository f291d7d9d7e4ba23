import { describe } from 'node:test'
import { secure } from './apps/secure.js'
import { serving } from './serving.js'
import { it } from './wire/it.js'

// What is freed in use shows as a segmentation fault of this whole file.
describe('a raw client over TLS', () => {
  for (const [how, next] of [
    ['sends', 'send'],
    ['closes', 'close'],
  ] as const) {
    it(`connects, resets and then ${how} at once, 50 times, and the process lives`, () =>
      serving(secure, { options: {} }, async ({ connect }) => {
        for (let time = 0; time < 50; time++) {
          const client = await connect()
          client.socket.on('error', () => {})
          client.reset()
          client[next]('GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await client.ended
        }
      }))
  }
})
