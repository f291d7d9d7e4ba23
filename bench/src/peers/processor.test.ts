import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { processorTimes } from './processor.js'

const skip = process.platform === 'linux' ? false : 'only Linux tells'

describe('the CPU time of processes', () => {
  it('is that of this process and of one that it has started', { skip }, async () => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()'])
    await once(child.stdout, 'data')
    const times = processorTimes([process.pid])
    assert.ok((times.get(process.pid) ?? 0) > 0)
    assert.ok((times.get(child.pid ?? 0) ?? 0) > 0)
    child.stdin.end()
    await once(child, 'exit')
    assert.ok(!processorTimes([process.pid]).has(child.pid ?? 0))
  })
})
