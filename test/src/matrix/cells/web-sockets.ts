import assert from 'node:assert/strict'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Cell, Place } from '../cell.js'
import { programIn } from '../project/programs.js'
import { serve } from '../serving/serve.js'

const handshake = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: ZXZlbi1rZWVsLW1hdHJpeA==',
  '',
].join('\r\n')

/** Socket.IO's other transport: upgraded, so that no limit on requests ends it. */
export const webSocketCells: readonly Cell[] = (['20', '26'] as const).map((node) => ({
  area: 'frameworks',
  subject: 'Socket.IO {socket.io}, WebSocket',
  form: 'in the program',
  node,
  project: 'socket.io',
  run: async (place: Place): Promise<void> => {
    const file = await programIn(place.project, 'server.mjs', tellingConnections)
    await serve(place, ['node', file], assertUpgraded)
  },
}))

/** Its `hello` becomes what Even Keel says of the server's connections. */
function tellingConnections(text: string): string {
  return text
    .replace("'hello'", 'JSON.stringify(keel.snapshot().connections)')
    .replace('attach(', 'const keel = attach(')
}

async function assertUpgraded(port: number): Promise<void> {
  const client = await RawClient.connect({ port })
  const other = await RawClient.connect({ port })
  try {
    const { status, head } = await client.request('/socket.io/?EIO=4&transport=websocket', {
      headers: `${handshake}`,
    })
    assert.equal(status, 101, head)
    assert.match((await other.request('/')).body, /"upgraded":1\b/)
  } finally {
    client.close()
    other.close()
  }
}
