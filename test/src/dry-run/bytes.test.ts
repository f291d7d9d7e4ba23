import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { describe } from 'node:test'
import type { ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import createExpress from 'express'
import createExpress4 from 'express4'
import createFastify from 'fastify'
import Koa from 'koa'
import Koa2 from 'koa2'
import type { App, AppSettings } from '../apps/app.js'
import { express } from '../apps/express.js'
import { fastify } from '../apps/fastify.js'
import { koa } from '../apps/koa.js'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { exchanges, transcriptOf } from '../auto/exchanges.js'
import { kinds, serving as servingHttp2 } from '../drain/http2-serving.js'
import { ask, type StreamAnswer } from '../http2/serving.js'
import { serving } from '../serving.js'
import { it } from '../wire/it.js'

/** Limits that every connection passes with every request. */
const harsh: ServerOptions = {
  maxRequestsPerConnection: 1,
  maxConnectionAge: 1,
  maxConnectionAgeGrace: 1,
  idleTimeout: 1,
  maxConnections: 1,
  quietGuard: 1,
  dryRun: true,
}

const apps: readonly App[] = [
  plain,
  express('express 4', createExpress4),
  express('express 5', createExpress),
  koa('koa 2', Koa2),
  koa('koa 3', Koa),
  fastify('fastify 5', createFastify),
]

/** A stack is of its program, and so is what an application does with a body that never becomes whole. */
const comparable = exchanges.filter(
  ({ name }) => !['a thrown error', 'six pipelined requests', 'a malformed chunk'].includes(name),
)

/** What Even Keel sets on a server otherwise. */
function settingsOf(server: Server): unknown {
  const { keepAliveTimeout, headersTimeout, requestTimeout, timeout, maxConnections, maxRequestsPerSocket } =
    server
  const { keepAliveTimeoutBuffer } = server as { keepAliveTimeoutBuffer?: number }
  return {
    keepAliveTimeout,
    keepAliveTimeoutBuffer,
    headersTimeout,
    requestTimeout,
    timeout,
    maxConnections,
    maxRequestsPerSocket,
  }
}

async function transcripts(
  app: App,
  settings: Omit<AppSettings, 'prepare'>,
): Promise<{ readonly texts: Record<string, string>; readonly settings: readonly unknown[] }> {
  const seen: unknown[] = []
  const texts: Record<string, string> = {}
  const prepare = (server: Server): void => {
    server.keepAliveTimeout = 7_000
  }
  await serving(app, { ...settings, prepare }, async ({ server, port }) => {
    seen.push(settingsOf(server))
    for (const exchange of comparable) texts[exchange.name] = await transcriptOf(exchange, port)
    seen.push(settingsOf(server))
  })
  return { texts, settings: seen }
}

describe('a dry run with limits that are always passed', () => {
  for (const app of apps) {
    it(`${app.name}: sends every byte of ${comparable.length} exchanges as a bare server, and sets nothing on it`, async () => {
      const bare = await transcripts(app, { options: {}, mounts: 0 })
      const dry = await transcripts(app, { options: harsh, attached: app === plain })
      for (const { name } of comparable) assert.equal(dry.texts[name], bare.texts[name], name)
      assert.deepEqual(dry.settings, bare.settings)
    })
  }

  for (const app of [plain, secure]) {
    it(`${app.name}: sends every byte of one connection with 40 requests in 400 s as a bare server`, async () => {
      const life = async (settings: AppSettings, clock: FakeClock): Promise<string> => {
        let received = ''
        await serving(app, settings, async ({ connect }) => {
          const client = await connect()
          client.socket.on('data', (data) => {
            received += data
          })
          for (let request = 0; request < 40; request++) {
            clock.advance(10_000)
            const isPost = request % 4 === 3
            await (isPost
              ? client.request('/echo', { method: 'POST', body: 'x'.repeat(request) })
              : client.request(['/ok', '/missing', '/empty'][request % 4] ?? ''))
          }
          client.socket.end()
          received += await client.ended
        })
        return received.replaceAll(/^Date: .*\r$/gm, 'Date: now\r')
      }
      const clock = new FakeClock()
      const limits = { ...harsh, maxRequestsPerConnection: 3, maxConnectionAge: 25_000, clock }
      assert.equal(await life({ options: limits }, clock), await life({ options: {}, mounts: 0 }, clock))
    })
  }

  for (const kind of kinds) {
    it(`http2, ${kind.name}: 40 streams of one session are answered as by a bare server, and nobody says GOAWAY`, async () => {
      const life = (detached: boolean): Promise<readonly unknown[]> => {
        const answers: StreamAnswer[] = []
        let isTold = false
        return servingHttp2(
          kind,
          async ({ open, keel, time }) => {
            if (detached) keel.detach()
            const client = await open()
            const told = (): void => {
              isTold = true
            }
            client.on('goaway', told)
            for (let stream = 0; stream < 40; stream++) {
              answers.push(await ask(client))
              await time.pass(1_000)
            }
            assert.equal(client.closed, false)
            // The end of the test says GOAWAY.
            client.off('goaway', told)
            const { retired } = keel.snapshot().totals
            assert.equal(retired['max-requests'] + retired['max-age'], detached ? 0 : 13)
          },
          { maxRequestsPerConnection: 3, maxConnectionAge: 7_000, dryRun: true },
        ).then(() => [
          isTold,
          ...answers.map(({ headers, ...rest }) => ({
            ...rest,
            headers: [...headers].filter(([name]) => name !== 'date'),
          })),
        ])
      }
      const [dry, bare] = [await life(false), await life(true)]
      assert.deepEqual(dry, bare)
      assert.equal(dry[0], false)
    })
  }
})
