import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Report } from './server.js'
import { type Post, stacks } from './stacks.js'

/** How many POSTs each client sends: 200 connections end, and a close that loses one in 50 is found by any of them. */
const posts = 1_000

/** How many of them are under way at once. */
const inFlight = 32

describe(`${posts} POSTs over connections of 10 requests each`, () => {
  let server: ChildProcess
  let origin: string

  before(async () => {
    server = fork(join(import.meta.dirname, 'server.js'))
    origin = `http://127.0.0.1:${await nextMessage<number>()}`
  })

  after(async () => {
    server.kill()
    await once(server, 'exit')
  })

  for (const stack of stacks) {
    it(`by ${stack.name}: none fails, and each is executed exactly once`, async () => {
      const client = stack.open(origin)
      const failures = await postAll(client.post)
      await client.close()
      const reported = nextMessage<Report>()
      server.send('report')
      const { executions, opened, retired } = await reported

      assert.equal(failures.length, 0, `${failures.length} failed, the first with ${failures[0]}`)
      assert.equal(Object.keys(executions).length, posts)
      assert.deepEqual([...new Set(Object.values(executions))], [1])
      // Connections were kept, and few but those in use at the end served less than their ten.
      const full = posts / 10
      assert.ok(opened >= full && opened <= full + 2 * inFlight, `${opened} connections were opened`)
      assert.ok(retired <= full && retired >= full - 2 * inFlight, `${retired} connections were retired`)
    })
  }

  async function nextMessage<Message>(): Promise<Message> {
    const [message] = await once(server, 'message')
    return message
  }
})

/** Sends them all, and gives what failed. */
async function postAll(post: Post): Promise<unknown[]> {
  const failures: unknown[] = []
  let next = 0
  async function worker(): Promise<void> {
    while (next < posts) {
      const path = `/${next++}`
      const body = `the body of ${path} `.repeat(20)
      try {
        assert.equal(await post(path, body), body)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return failures
}
