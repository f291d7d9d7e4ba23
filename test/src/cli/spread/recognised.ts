import assert from 'node:assert/strict'
import { it } from 'node:test'
import { evenkeel } from '../evenkeel.js'
import { type Expected, expectations, type Result } from './expected.js'
import { listen, local } from './servers.js'

/** Fewer requests than by default: 3 tell layer 4 from layer 7 as well as 20. */
export const briefly: readonly string[] = ['--json', '--requests', '3']

/** A test for each balancer with that in its name. */
export function recognise(words: string): void {
  for (const expected of expectations.filter(({ balancer }) => balancer.name.startsWith(words))) {
    const { balancer, reach, choices, parameters = [] } = expected
    it(`is ${choices.join(' or ')} at layer ${reach === 'one' ? 4 : 7}: ${balancer.name}`, {
      skip: balancer.missing,
    }, async () => {
      const { ports, end } = await listen(local(3))
      const { url, end: stop } = await balancer.start(ports)
      try {
        const ran = await evenkeel('spread', url, ...briefly, ...parameters)
        assertRecognised(ran.json<Result>(), expected)
        assert.equal(ran.code, reach === 'one' ? 1 : 0, ran.stderr)
      } finally {
        await stop()
        await end()
      }
    })
  }
}

export function assertRecognised(result: Result, expected: Pick<Expected, 'reach' | 'choices'>): void {
  assert.equal(result.by, 'header:x-served-by')
  assert.deepEqual(
    result.servers.map(({ name }) => name),
    ['server-1', 'server-2', 'server-3'],
  )
  assert.equal(result.reach, expected.reach)
  assert.ok(expected.choices.includes(result.choice?.choice ?? ''), `it said ${result.choice?.choice}`)
}
