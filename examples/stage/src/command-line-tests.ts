import assert from 'node:assert/strict'
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** What a demo does not take, and a part of what it says to that. */
export type Refused = readonly [parameters: readonly string[], message: string]

/** Tests what a demo refuses, and that its help names every option. */
export function testCommandLine(demo: URL, refused: readonly Refused[], options: readonly string[]): void {
  for (const [parameters, message] of refused) {
    test(`${parameters.join(' ')} ends with code 2 and says what to give`, () => {
      const { status, stdout, stderr } = start(demo, parameters)
      assert.ok(stderr.includes(message), stderr)
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
    })
  }

  test('--help ends with code 0 and names every option', () => {
    const { status, stdout } = start(demo, ['--help'])
    assert.equal(status, 0)
    for (const option of options) assert.ok(stdout.includes(option), option)
  })
}

function start(demo: URL, parameters: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [fileURLToPath(demo), ...parameters], { encoding: 'utf8' })
}
