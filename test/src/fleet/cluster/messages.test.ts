import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clustered } from './clustered.js'

/** What programs say to each other, and what nobody should. */
const others = [
  'text',
  7,
  null,
  [],
  {},
  { cmd: 'exchange', id: 'x' },
  { act: 'exchange', group: 'default', id: 'x' },
  { '@evenkeel/fleet': { act: 'leave' } },
  { '@evenkeel/fleet:1': null },
  { '@evenkeel/fleet:1': 'text' },
  { '@evenkeel/fleet:1': {} },
  { '@evenkeel/fleet:1': { act: 'unknown', group: 'default', id: 'x' } },
]

describe('the messages of a cluster', () => {
  it('of the program come to it as they were sent, in both directions, whatever they are', () =>
    clustered('own.js', { workers: 2, fleet: { interval: 20 } }, async (cluster) => {
      for (const echo of others) {
        cluster.order(1, { echo })
        for (;;) {
          const { from, message } = await cluster.next<{ from: number; message: unknown }>('message')
          if (from !== 1 || JSON.stringify(message) !== JSON.stringify(echo)) continue
          assert.deepEqual(message, echo)
          break
        }
      }
      await cluster.until(2, ({ status }) => status?.members === 2)
    }))

  it('of Even Keel have one key, which is no word of any other program', () =>
    clustered('own.js', { workers: 1, fleet: { interval: 20 } }, async (cluster) => {
      const { message } = await cluster.next<{ message: object }>('message')
      assert.deepEqual(Object.keys(message), ['@evenkeel/fleet:1'])
    }))
})
