import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { assertQuiet } from '../hostile/guard.js'

/**
 * Where Even Keel stands: nowhere, at the server alone, in front of another middleware or behind it; or at the server
 * without a limit, and the handler of the last request retires its connection.
 */
export type Order = 'bare' | 'attached' | 'in front' | 'behind' | 'retired by hand'

export const options: ServerOptions = { maxRequestsPerConnection: 3, jitter: 0, tuneTimeouts: false }

/** A large body, and one below the size from which it is compressed. */
export const bodies: Readonly<Record<string, string>> = {
  '/large': 'even keel '.repeat(5_000),
  '/small': 'ok',
}

/** Mounts Even Keel and another middleware in an order. */
export function mounting<Middleware>(
  order: Order,
  keel: Middleware,
  other: Middleware,
): readonly Middleware[] {
  if (order === 'in front') return [keel, other]
  if (order === 'behind') return [other, keel]
  return [other]
}

let byHand: Keel | undefined

/** For a handler behind all middleware. */
export function retireLast(request: IncomingMessage): void {
  if (request.headers['x-last'] !== undefined) byHand?.retire(request)
}

interface Answer {
  readonly head: readonly string[]
  readonly body: string
}

/**
 * Asserts that of three answers on a connection with a limit of 3 the first two are those of a bare server, to the
 * byte, and the third differs in nothing but what it says of the connection; then comes FIN.
 */
export async function assertThird(
  create: (order: Order) => Server | Promise<Server>,
  paths: readonly [string, string, string],
  orders: readonly Order[] = ['attached', 'in front', 'behind', 'retired by hand'],
): Promise<void> {
  const bare = await three(await create('bare'), paths)
  for (const order of orders) {
    const server = await create(order)
    // The middleware meets its server with the first request, and counts that too.
    if (order === 'attached') attach(server, options)
    byHand = order === 'retired by hand' ? attach(server, { tuneTimeouts: false }) : undefined
    const [first, second, third] = await three(server, paths, 'fin')
    assert.deepEqual([first, second], bare.slice(0, 2), order)
    assert.deepEqual(unmarked(third), unmarked(bare[2]), order)
    assert.ok(third?.head.includes('Connection: close'), order)
  }
  await assertQuiet()
}

async function three(server: Server, paths: readonly string[], end?: 'fin'): Promise<readonly Answer[]> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = await RawClient.connect({ port: (server.address() as AddressInfo).port })
  try {
    const answers: Answer[] = []
    for (const [index, path] of paths.entries()) {
      const lastly = index === paths.length - 1 ? 'X-Last: yes\r\n' : ''
      const { head, headers, body } = await client.request(path, {
        headers: `Accept-Encoding: gzip\r\n${lastly}`,
      })
      const isPacked = headers.get('content-encoding') === 'gzip'
      const text = isPacked ? gunzipSync(Buffer.from(body, 'latin1')).toString() : body
      assert.equal(text, bodies[path] ?? text)
      answers.push({ head: head.replace(/^Date: .*$/im, 'Date: now').split('\r\n'), body })
    }
    if (end !== undefined) assert.equal(await client.ended, end)
    assert.equal(client.rest, '')
    return answers
  } finally {
    client.close()
    await new Promise((closed) => server.close(closed))
  }
}

/** Without what it says of the connection. */
function unmarked(answer: Answer | undefined): unknown {
  return { ...answer, head: answer?.head.filter((line) => !/^(connection|keep-alive):/i.test(line)).sort() }
}
