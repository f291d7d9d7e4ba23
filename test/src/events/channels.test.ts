import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { on, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { attach, channelNames, type Event, type Keel, type Message } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import createExpress from 'express'
import createFastify from 'fastify'
import Koa from 'koa'
import type { App } from '../apps/app.js'
import { express } from '../apps/express.js'
import { fastify } from '../apps/fastify.js'
import { koa } from '../apps/koa.js'
import { plain } from '../apps/plain.js'
import { type Context, serving } from '../serving.js'
import { it } from '../wire/it.js'
import { eventTypes, Heard } from './heard.js'

const one = { maxRequestsPerConnection: 1, jitter: 0 }

/** What is published of a port's server while something goes on. */
async function published(during: () => Promise<void>, by: (server: Server) => boolean): Promise<Message[]> {
  const messages: Message[] = []
  const collect = (message: unknown): void => {
    if (by((message as Message).server as Server)) messages.push(message as Message)
  }
  for (const type of eventTypes) subscribe(channelNames[type], collect)
  try {
    await during()
    return messages
  } finally {
    for (const type of eventTypes) unsubscribe(channelNames[type], collect)
  }
}

/** One request on a connection of its own, which is its last; waits until both sides have closed. */
async function visit({ connect, closed, keel }: Context, known = true): Promise<string> {
  const before = known ? keel().snapshot().totals.closed : 0
  const client = await connect()
  await client.request('/ok')
  await client.ended
  await closed(before + 1)
  return client.key
}

describe('node:diagnostics_channel', () => {
  const frameworks: readonly App[] = [
    express('express 5', createExpress),
    koa('koa 3', Koa),
    fastify('fastify 5', createFastify),
  ]
  for (const app of [plain, ...frameworks]) {
    it(`${app.name}: tells those who have no keel of open, retire and close, from the first connection on`, () =>
      serving(app, { options: one }, async (context) => {
        let key = ''
        const isThis = (server: Server): boolean => (server.address() as AddressInfo)?.port === context.port
        const messages = await published(async () => {
          key = await visit(context, false)
        }, isThis)
        assert.deepEqual(
          messages.map((message) => [message.type, 'connection' in message && message.connection.key]),
          ['open', 'retire', 'close'].map((type) => [type, key]),
        )
        assert.equal(new Set(messages.map(({ server }) => server)).size, 1)
      }))
  }

  it('has a channel for each event: 8 for connections, 4 for servers', () => {
    const ofServer = ['drain', 'drained', 'update', 'fleet']
    for (const [type, name] of Object.entries(channelNames))
      assert.equal(name, `evenkeel:${ofServer.includes(type) ? 'server' : 'connection'}:${type}`)
    assert.equal(eventTypes.length, 12)
    return Promise.resolve()
  })

  it('tells of two servers with the server of each', () =>
    serving(plain, { options: one }, (first) =>
      serving(plain, { options: one }, async (second) => {
        const portOf = (server: Server): number => (server.address() as AddressInfo).port
        const ports = [first.port, second.port]
        const keys: string[] = []
        const messages = await published(
          async () => {
            for (const context of [first, second, first]) keys.push(await visit(context))
          },
          (server) => ports.includes(portOf(server)),
        )
        assert.deepEqual(
          messages
            .map((message) => [
              message.type === 'open' && message.connection.key,
              portOf(message.server as Server),
            ])
            .filter(([key]) => key),
          [
            [keys[0], first.port],
            [keys[1], second.port],
            [keys[2], first.port],
          ],
        )
        assert.equal(messages.length, 9)
      }),
    ))

  it('tells a subscriber of what comes after it, and of nothing once it has gone', () =>
    serving(plain, { options: one, attached: true }, async (context) => {
      const all = (): boolean => true
      await visit(context)
      let key = ''
      const messages = await published(async () => {
        key = await visit(context)
      }, all)
      await visit(context)
      assert.deepEqual(
        messages.map((message) => 'connection' in message && message.connection.key),
        [key, key, key],
      )
    }))

  it('tells nothing of a server that is detached', () =>
    serving(plain, { options: one, attached: true }, async ({ connect, keel }) => {
      const client = await connect()
      const messages = await published(
        async () => {
          keel().detach()
          await client.request('/ok')
          client.close()
          const other = await connect()
          await other.request('/ok')
        },
        () => true,
      )
      assert.deepEqual(messages, [])
    }))

  it('tells of the servers of a program that knows nothing of it, under --import @evenkeel/node/auto', async () => {
    const program = `
      import { subscribe } from 'node:diagnostics_channel'
      import { createServer } from 'node:http'
      const server = createServer((_, response) => response.end('ok'))
      for (const type of ['open', 'retire', 'close'])
        subscribe('evenkeel:connection:' + type, (message) => {
          console.log(JSON.stringify([message.type, message.connection.key, message.server === server]))
          if (type === 'close') server.close()
        })
      server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address().port)))`
    const child = spawn(
      process.execPath,
      ['--import', '@evenkeel/node/auto', '--input-type=module', '--eval', program],
      {
        cwd: join(import.meta.dirname, '../..'),
        env: { ...process.env, EVENKEEL_MAX_REQUESTS_PER_CONNECTION: '1', EVENKEEL_JITTER: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: 20_000,
      },
    )
    try {
      const over = once(child, 'exit')
      let output = ''
      let key = ''
      child.stdout.setEncoding('utf8')
      for await (const [text] of on(child.stdout, 'data', { close: ['end'] })) {
        output += text
        if (key !== '' || !output.includes('\n')) continue
        const client = await RawClient.connect({ port: Number(output.split('\n')[0]) })
        key = client.key
        await client.request('/')
        client.close()
      }
      assert.deepEqual(await over, [0, null])
      assert.deepEqual(
        output
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => JSON.parse(line)),
        ['open', 'retire', 'close'].map((type) => [type, key, true]),
      )
    } finally {
      child.kill('SIGKILL')
    }
  })
})

describe('keel.on', () => {
  it('tells a listener of what comes after it, and of nothing once it is off', () =>
    serving(plain, { options: one, attached: true }, async (context) => {
      await visit(context)
      const heard: Event[] = []
      const listener = (event: Event): void => void heard.push(event)
      const keel = context.keel()
      for (const type of eventTypes) assert.equal(keel.on(type, listener), keel)
      const key = await visit(context)
      for (const type of eventTypes) assert.equal(keel.off(type, listener), keel)
      await visit(context)
      assert.deepEqual(
        heard.map((event) => [event.type, 'connection' in event && event.connection.key]),
        ['open', 'retire', 'close'].map((type) => [type, key]),
      )
    }))

  it('says what is wrong with an event that there is not, and with a listener that is none', () =>
    serving(plain, { options: one, attached: true }, async ({ keel }) => {
      assert.throws(() => keel().on('opened' as 'open', () => {}), /event.*"opened": did you mean open\?/)
      assert.throws(() => keel().on('open', 'log' as never), /listener.*"log".*function/)
    }))

  it('fails nothing when listeners throw: requests are answered, a process warning says so, others are told', () =>
    serving(plain, { options: { ...one, maxConnections: 2 }, attached: true }, async (context) => {
      const { keel, connect } = context
      const warnings: Error[] = []
      const warn = (warning: Error): void => void warnings.push(warning)
      process.on('warning', warn)
      try {
        for (const type of eventTypes) {
          keel().on(type, () => {
            throw new Error(`thrown for ${type}`)
          })
        }
        const heard = listen(keel())
        const key = await visit(context)
        keel().update({ quietGuard: 400 })
        const idle = await connect()
        const report = await keel().drain({ within: 1, quiet: 1 })
        assert.equal(report.connections, 1)
        await idle.ended
        assert.deepEqual(heard.story(key), ['open', 'retire', 'close'])
        assert.equal(heard.of('drained').length, 1)
        await setImmediate()
        const messages = warnings.map(({ message }) => message).join('\n')
        for (const type of ['open', 'retire', 'close', 'update', 'drain', 'drained'])
          assert.match(messages, new RegExp(`thrown for ${type}\\b`))
      } finally {
        process.off('warning', warn)
      }
    }))

  it('tells of an idle connection that Node ends by its own timer: retire, idle-close, close', async () => {
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server, { idleTimeout: 40 })
    const heard = new Heard(keel, server)
    await listening(server, async ({ connect }) => {
      const client = await connect()
      await client.request('/')
      await heard.until('close')
      assert.deepEqual(heard.story(client.key), ['open', 'retire', 'idle-close', 'close'])
      const { reason, by, wasIdle } = heard.only('close')
      assert.deepEqual([reason, by, wasIdle], ['idle-timeout', 'server', true])
      assert.deepEqual(keel.snapshot().totals.idleCloses, { client: 0, server: 1 })
      heard.stop()
    })
  })
})

/** Only what listeners are told. */
function listen(keel: Keel): Heard {
  const heard = new Heard(keel, createServer())
  heard.stop()
  return heard
}
