import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'

const examples = join(import.meta.dirname, '..', '..', '..', 'examples')

/** Runs a program of an example, which prints its address first. */
async function running(
  name: string,
  program: string,
  test: (connect: () => Promise<RawClient>) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, [program], {
    cwd: join(examples, name),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [address] = await once(createInterface(child.stdout), 'line')
    const port = Number(new URL(String(address)).port)
    await test(() => RawClient.connect({ port }))
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

describe('examples', () => {
  for (const name of ['plain', 'express', 'koa', 'fastify']) {
    it(`${name} starts, serves, and ends a connection after at most 200 requests`, () =>
      running(name, 'server.js', async (connect) => {
        const client = await connect()
        let requests = 0
        for (let marked = false; !marked; requests++) {
          const response = await client.request('/')
          assert.equal(response.status, 200)
          marked = response.headers.get('connection') === 'close'
        }
        assert.equal(await client.ended, 'fin')
        assert.ok(requests >= 160 && requests <= 200, `it served ${requests}`)
      }))
  }

  it('cluster answers with 4 workers, each of which knows of all 4', () =>
    running('cluster', 'server.js', async (connect) => {
      const known = new Set<string>()
      while (known.size < 4) {
        const client = await connect()
        const { body } = await client.request('/')
        if (/^worker [1-4] of 4\n$/.test(body)) known.add(body)
        client.close()
      }
    }))

  it('plain, inspected, serves the page of a server that is asked without end', () =>
    running('plain', 'inspected.js', async (connect) => {
      const client = await connect()
      assert.match((await client.request('/')).body, /^<!doctype html>/)
      client.send('GET /?events HTTP/1.1\r\nHost: localhost\r\n\r\n')
      while (!/"connections":\{[^}]*"total":\d\d/.test(client.rest)) await once(client.socket, 'progress')
      client.close()
    }))
})
