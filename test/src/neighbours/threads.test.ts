import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { Worker } from 'node:worker_threads'
import { attach, type ServerOptions } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import type { Account, Order } from './programs/worker.js'

const options: ServerOptions = { maxRequestsPerConnection: 3, jitter: 0, tuneTimeouts: false }

class Thread {
  readonly #worker: Worker
  readonly port: number

  static async start(id: string, options?: ServerOptions): Promise<Thread> {
    const worker = new Worker(new URL('programs/thread.js', import.meta.url), {
      workerData: { id, options },
    })
    const [port] = await once(worker, 'message')
    return new Thread(worker, port)
  }

  private constructor(worker: Worker, port: number) {
    this.#worker = worker
    this.port = port
  }

  connect(): Promise<RawClient> {
    return RawClient.connect({ port: this.port })
  }

  async account(): Promise<Account> {
    const answered = once(this.#worker, 'message')
    this.#worker.postMessage('snapshot' satisfies Order)
    return (await answered)[0]
  }

  async exit(): Promise<number> {
    const exited = once(this.#worker, 'exit')
    this.#worker.postMessage('exit' satisfies Order)
    return (await exited)[0]
  }

  terminate(): Promise<number> {
    return this.#worker.terminate()
  }
}

/** Three requests on a connection; what each answer says of it, and its end. */
async function three(client: RawClient): Promise<readonly (string | undefined)[]> {
  const marks = []
  for (let request = 0; request < 3; request++)
    marks.push((await client.request('/')).headers.get('connection'))
  return [...marks, await client.ended]
}

describe('servers in worker threads', () => {
  it('two threads and the main thread, with a limit of 3 each: every connection has 3, and each its own account', async () => {
    const own = createServer((_request, response) => response.end('main')).listen(0, '127.0.0.1')
    const keel = attach(own, options)
    await once(own, 'listening')
    const threads = await Promise.all([Thread.start('one', options), Thread.start('two', options)])
    const ports = [...threads.map(({ port }) => port), (own.address() as AddressInfo).port]
    for (const port of [...ports, ...ports.slice(0, 1)])
      assert.deepEqual(await three(await RawClient.connect({ port })), [
        'keep-alive',
        'keep-alive',
        'close',
        'fin',
      ])
    const accounts = await Promise.all(threads.map((thread) => thread.account()))
    assert.deepEqual(
      accounts.map(({ id, requests, retired }) => ({ id, requests, retired })),
      [
        { id: 'one', requests: 6, retired: 2 },
        { id: 'two', requests: 3, retired: 1 },
      ],
    )
    assert.equal(keel.snapshot().totals.requests, 3)
    await Promise.all(threads.map((thread) => thread.terminate()))
    await new Promise((closed) => own.close(closed))
  })

  for (const way of ['terminate', 'exit'] as const) {
    const what = way === 'terminate' ? 'is terminated' : 'calls process.exit()'

    it(`a thread that ${what} with connections idle, silent, in flight and marked ends them as a bare one`, async () => {
      const ends = await Promise.all([endsOf(way), endsOf(way, options)])
      assert.deepEqual(ends[1], ends[0])
    })
  }
})

/** The exit code of a thread, and how its connections have ended. */
async function endsOf(way: 'terminate' | 'exit', given?: ServerOptions): Promise<unknown> {
  const thread = await Thread.start('one', given)
  const clients = await Promise.all(['idle', 'silent', 'busy'].map(() => thread.connect()))
  const [idle, , busy] = clients
  await idle?.request('/')
  busy?.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const marked = await RawClient.connect({ port: thread.port, halfOpen: true })
  for (let request = 0; request < 2; request++) await marked.request('/')
  await marked.request('/', { headers: given === undefined ? 'Connection: close\r\n' : '' })
  assert.equal(await marked.ended, 'fin')
  const code = await thread[way]()
  const ends = await Promise.all(clients.map(({ ended }) => ended))
  marked.close()
  return { code, ends }
}
