import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { candidates } from '#cli/plan/candidate'
import { pasteOf } from '#cli/plan/paste'
import { few } from './numbers.js'

function pasted(kind: string, idleTimeout = 65_000): string[] {
  const candidate = candidates({ ...few, idleTimeout }).find((each) => each.kind === kind)
  const { program = '', environment = '' } = (candidate && pasteOf(candidate)) ?? {}
  return [program, environment]
}

const start = 'node --import @evenkeel/node/auto server.js'

describe('the lines to paste', () => {
  const cases = [
    [
      'requests',
      'app.use(evenkeel({ maxRequestsPerConnection: 100 }))',
      `EVENKEEL_MAX_REQUESTS_PER_CONNECTION=100 ${start}`,
    ],
    ['age', 'app.use(evenkeel({ maxConnectionAge: 30_000 }))', `EVENKEEL_MAX_CONNECTION_AGE=30s ${start}`],
    ['defaults', 'app.use(evenkeel())', start],
    [
      'fleet',
      "app.use(evenkeel({ fleet: createFleet({ store: redisStore('redis://localhost:6379') }) }))",
      `EVENKEEL_FLEET=redis://localhost:6379 ${start}`,
    ],
    ['none', '', ''],
  ] as const
  for (const [kind, program, environment] of cases) {
    it(`of ${kind} are those`, () => assert.deepEqual(pasted(kind), [program, environment]))
  }

  it('have the idle timeout where another one is given', () => {
    assert.deepEqual(pasted('defaults', 90_000), [
      'app.use(evenkeel({ idleTimeout: 90_000 }))',
      `EVENKEEL_IDLE_TIMEOUT=90s ${start}`,
    ])
  })
})
