import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { OptionError } from '@evenkeel/node'
import { ScriptedStore } from './scripted-store.js'

const cure =
  'give redisStore(…), clusterStore() or memoryStore(), or a store with the methods exchange, leave, members, close'

function assertRefused(store: unknown, shown: string): void {
  assert.throws(
    () => Reflect.apply(createFleet, undefined, [{ store }]),
    (error) => {
      assert.ok(error instanceof OptionError)
      assert.deepEqual([error.code, error.option], ['ERR_EVENKEEL_OPTION_INVALID', 'store'])
      assert.equal(error.value, store)
      assert.equal(error.message, `store is ${shown}: ${cure}`)
      return true
    },
  )
}

describe('the store that createFleet is given', () => {
  for (const method of ['exchange', 'leave', 'members', 'close'] as const) {
    it(`is refused with 3 of its 4 methods, without ${method}`, () => {
      assertRefused({ ...memoryStore(), [method]: undefined }, 'an object')
    })

    it(`is refused where ${method} is no function`, () => {
      assertRefused({ ...memoryStore(), [method]: 'x' }, 'an object')
    })
  }

  it('is refused where it is an address, a function or nothing', () => {
    assertRefused('redis://localhost', '"redis://localhost"')
    assertRefused(memoryStore, 'a function')
    assertRefused(null, 'null')
    assertRefused(undefined, 'undefined')
  })

  it('is taken where its 4 methods are those of a class', () => {
    createFleet({ store: new ScriptedStore() })
  })
})
