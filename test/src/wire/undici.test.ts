import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import create from 'fastify'
import { Pool } from 'undici'
import type { App } from '../apps/app.js'
import { fastify } from '../apps/fastify.js'
import { plain } from '../apps/plain.js'
import { serving } from '../serving.js'

const gets = 1_000
const posts = 100

/** Undici sends a pipelined request again that a marked response has left unanswered. */
function pipeliningByUndici(app: App): void {
  describe(`${app.name}: undici, 10 requests deep on 3 connections`, () => {
    for (const limit of [7, 50]) {
      it(`has ${gets} GETs and ${posts} POSTs answered, each handled once, at ${limit} for a connection`, async () => {
        const handled: string[] = []
        let waiting = 0
        let deepest = 0
        const answering = (path: string, body: string): string | Promise<string> => {
          const text = path + body
          handled.push(text)
          if (handled.length % 2 === 0) return text
          deepest = Math.max(deepest, ++waiting)
          return new Promise((resolve) =>
            setImmediate(() => {
              waiting--
              resolve(text)
            }),
          )
        }
        const options = { maxRequestsPerConnection: limit, jitter: 0.2 }
        await serving(app, { options, answering }, async ({ keel, port }) => {
          const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 3, pipelining: 10 })
          const ask = async (method: 'GET' | 'POST', index: number): Promise<string> => {
            const body = method === 'POST' ? ` posted ${index}` : ''
            const answer = await pool.request({
              path: `/answer/${method}/${index}`,
              method,
              // Undici pipelines nothing behind a request that may take long, and takes every GET for one.
              blocking: false,
              ...(body !== '' && { body, headers: { 'Content-Type': 'text/plain' } }),
            })
            return `${answer.statusCode} ${await answer.body.text()}`
          }
          const wanted = [
            ...Array.from({ length: gets }, (_, index) => ['GET', index] as const),
            ...Array.from({ length: posts }, (_, index) => ['POST', index] as const),
          ].sort((a, b) => ((a[1] * 7919) % 1000) - ((b[1] * 7919) % 1000))
          const answers = await Promise.allSettled(wanted.map(([method, index]) => ask(method, index)))
          await pool.close()
          const failed = answers.filter((answer) => answer.status === 'rejected')
          assert.deepEqual(failed, [])
          const path = ([method, index]: (typeof wanted)[number]): string =>
            `/answer/${method}/${index}${method === 'POST' ? ` posted ${index}` : ''}`
          assert.deepEqual(
            answers.map((answer) => answer.status === 'fulfilled' && answer.value),
            wanted.map((request) => `200 ${path(request)}`),
          )
          assert.deepEqual([...handled].sort(), wanted.map(path).sort())
          assert.equal(keel().snapshot().totals.requests, gets + posts)
          assert.ok(deepest > 3, `at most ${deepest} on 3 connections: nothing was pipelined`)
        })
      })
    }
  })
}

pipeliningByUndici(plain)
pipeliningByUndici(fastify('fastify 5', create))
