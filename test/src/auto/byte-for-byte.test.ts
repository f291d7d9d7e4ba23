import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exchanges, transcriptOf } from './exchanges.js'
import { running, type Start } from './program.js'
import type { Announcement } from './programs/announce.js'
import { programs, waysOf } from './programs.js'

const never = { MAX_REQUESTS_PER_CONNECTION: '1000000', MAX_CONNECTION_AGE: 'Infinity' }

describe('a server whose limits are never reached', () => {
  for (const file of programs) {
    it(`${file} sends the same bytes and has the same settings as without Even Keel`, async () => {
      const without = await observed(file, {})
      for (const way of waysOf(file)) {
        const having = await observed(file, { way, options: never })
        for (const [name, transcript] of Object.entries(without)) assert.equal(having[name], transcript, name)
      }
    })
  }
})

/** What a program shows of itself: the answer to every exchange, and the server that it announces. */
async function observed(file: string, start: Start): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  await running<Announcement>(file, start, async ({ port, ...server }) => {
    seen['the server'] = JSON.stringify(server, undefined, 2)
    for (const exchange of exchanges) seen[exchange.name] = await transcriptOf(exchange, port)
  })
  return seen
}
