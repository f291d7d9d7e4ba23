import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRun } from './plan.js'

const options = { seconds: 12, leakRate: 500, clients: 16, fairEviction: true }
const machine = { descriptorLimit: 20_000, manyAddresses: true }

test('in 12 seconds 500 leaked connections a second exceed 4000 descriptors, of which 1000 are places', () => {
  const { descriptors, maxConnections } = planRun(options, machine)
  assert.deepEqual({ descriptors, maxConnections }, { descriptors: 4000, maxConnections: 1000 })
})

test('in 6 seconds they exceed 2000 descriptors', () => {
  assert.equal(planRun({ ...options, seconds: 6 }, machine).descriptors, 2000)
})

test('of 1024 descriptors that a process may have a server gets 924', () => {
  assert.equal(planRun(options, { ...machine, descriptorLimit: 1024 }).descriptors, 924)
})

test('all clients come from 127.0.0.1 where the machine has no other address', () => {
  assert.deepEqual(planRun({ ...options, clients: 2 }, machine).addresses, ['127.0.0.2', '127.0.0.3'])
  const { addresses, apart } = planRun({ ...options, clients: 2 }, { ...machine, manyAddresses: false })
  assert.deepEqual({ addresses, apart }, { addresses: ['127.0.0.1', '127.0.0.1'], apart: false })
})
