import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outcome } from '../auto/program.js'
import type { JournalLine } from '../auto/programs/journal.js'

const limits =
  'maxConnectionAge 300000, jitter 0, idleTimeout 65000, maxConnectionAgeGrace Infinity, maxConnections Infinity, fairEviction true, quietGuard 500, tuneTimeouts true, dryRun false, exempt a function'

/** What the journal of the program is to say, with the buffer where this version of Node has it as a setting. */
function expected({ port, hasBuffer }: JournalLine): string {
  const buffer = (text: string): string => (hasBuffer ? `, keepAliveTimeoutBuffer ${text}` : '')
  return `EVENKEEL: attached to http://127.0.0.1:${port}
  limits (times in ms): maxRequestsPerConnection 200, ${limits}
  the server's own: keepAliveTimeout 5000 -> 60000${buffer('1000 -> 5000')}, headersTimeout 60000 -> 66000
EVENKEEL: limits changed at http://127.0.0.1:${port}
  limits (times in ms): idleTimeout 65000 -> 90000, maxConnections Infinity -> 100
  the server's own: keepAliveTimeout 60000 -> 85000, headersTimeout 66000 -> 91000, maxConnections none -> 100
EVENKEEL: detached from http://127.0.0.1:${port}
  the server's own: keepAliveTimeout 85000 -> 5000${buffer('5000 -> 1000')}, headersTimeout 91000 -> 60000, maxConnections 100 -> none
EVENKEEL: attached to http://127.0.0.1:${port}
  limits (times in ms): maxRequestsPerConnection 1000, ${limits.replace('jitter 0,', 'jitter 0.2,').replace('tuneTimeouts true', 'tuneTimeouts false').replace(', exempt a function', '')}
  the server's own: keepAliveTimeout 5000${buffer('1000')}, headersTimeout 60000
`
}

describe('NODE_DEBUG=evenkeel', () => {
  it('says once per server what is set on it, what an update changes, and what is restored', async () => {
    const { code, stdout, stderr } = await outcome('journal.js', { debug: 'evenkeel' })
    assert.equal(code, 0, stderr)
    assert.equal(stderr.replace(/^EVENKEEL \d+:/gm, 'EVENKEEL:'), expected(JSON.parse(stdout)))
  })

  it('is what a server with no code of ours says too, with its variables', async () => {
    const options = { MAX_REQUESTS_PER_CONNECTION: '50', IDLE_TIMEOUT: '90s' }
    const { stderr } = await outcome('fleet.js', {
      way: 'import',
      debug: 'evenkeel',
      options: { ...options, FLEET: 'cluster' },
    })
    assert.match(
      stderr,
      /^EVENKEEL \d+: attached to http:\/\/\S+:\d+\n.*maxRequestsPerConnection 50, .* idleTimeout 90000, .*, fleet joined\n.*: keepAliveTimeout 5000 -> 85000/,
    )
  })

  for (const debug of ['', 'http2session']) {
    it(`as ${JSON.stringify(debug)} says nothing, and no listener waits for an address`, async () => {
      const { stdout, stderr } = await outcome('journal.js', { debug })
      assert.equal(stderr, '')
      assert.equal((JSON.parse(stdout) as JournalLine).added, 0)
    })
  }
})
