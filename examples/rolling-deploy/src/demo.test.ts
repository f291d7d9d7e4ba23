import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const demo = fileURLToPath(new URL('demo.js', import.meta.url))

test('2 servers, restarted once and twice: the table, 0 failures with Even Keel, and the exit code that belongs to it', async () => {
  const options = ['--servers', '2', '--connections', '80', '--within', '1000', '--pause', '12']
  const rounds = ['--bare-restarts', '1', '--restarts', '2']
  const run = spawn(process.execPath, [demo, ...options, ...rounds], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(run.stdout), once(run, 'exit')])
  assert.match(output, /^Without Even Keel: server\.close\(\), and closeAllConnections\(\) after 1 s$/m)
  assert.match(output, /^With Even Keel: shutdown\(server, \{ within: 1000, quiet: 5000 \}\)$/m)
  assert.match(output, /│ rounds: a server restarted +│ +1 │ +2 │/)
  assert.match(output, /│ failed requests +│ +\d+ │ +0 │ +0 │/)
  assert.match(output, /✔ With Even Keel, 0 of [\d,]+ requests failed in 2 restarts\./)
  assert.match(output, /✔ With Even Keel, every request was executed once\./)
  // Whether so few connections leave one by one on a machine with other work to do is left to chance here.
  assert.equal(code, output.includes('✘') ? 1 : 0)
})
