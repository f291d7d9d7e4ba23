import assert from 'node:assert/strict'
import { it } from '../../wire/it.js'
import { run } from '../campaign.js'
import { Guard } from '../guard.js'
import { type Case, cases } from './cases.js'
import { http1 } from './http1.js'

it('120 random scripts of bytes get from an attached server what a bare one says, up to the mark', async () => {
  const { failure } = await run(http1, { seed: 4, runs: 120 })
  assert.equal(failure, undefined, failure)
})

const played = async ({ script }: Case): Promise<void> => {
  const guard = new Guard()
  guard.start()
  try {
    const { fault } = await http1.trial(script, guard)
    assert.equal(fault, undefined)
  } finally {
    guard.stop()
  }
}

for (const each of cases)
  it(each.name, each.todo === undefined ? {} : { todo: each.todo }, () => played(each))
