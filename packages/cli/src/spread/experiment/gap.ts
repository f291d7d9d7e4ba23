import { type Closed, tally } from '../judge/seen.js'
import type { By } from '../names/by.js'
import { nameOf } from './naming.js'
import type { Record } from './record.js'

/** Closes up to so many of the open connections of the server that has most of them; nothing if there is no such server. */
export async function makeGap(open: readonly Record[], by: By, most: number): Promise<Closed | undefined> {
  const named = open.flatMap((record) => {
    const server = record.replies[0] === undefined ? undefined : nameOf(by, record.replies[0])
    return server === undefined ? [] : [{ record, server }]
  })
  const counts = tally(named.map(({ server }) => server))
  const [busiest, ...others] = [...counts].sort(([, a], [, b]) => b - a)
  if (busiest === undefined || others.length === 0) return undefined
  const [server, count] = busiest
  const mine = named.filter((each) => each.server === server).slice(0, most)
  for (const { record } of mine) record.isClosedByUs = true
  await Promise.all(mine.map(({ record }) => record.connection.close()))
  const least = Math.min(...others.map(([, each]) => each))
  return { server, room: Math.max(0, Math.min(mine.length, least - (count - mine.length))) }
}
