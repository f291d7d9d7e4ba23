import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

const root = join(import.meta.dirname, '..', '..', '..')
const page = readFileSync(join(root, 'docs', 'frameworks.md'), 'utf8')
const programs = readdirSync(join(root, 'test', 'matrix'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.mjs') && !file.includes('node_modules'))
  .map((file) =>
    readFileSync(join(root, 'test', 'matrix', file), 'utf8')
      .split('\n')
      .map(trimmed),
  )

function trimmed(line: string): string {
  return line.trim()
}

/** Whether a program has all lines, in this order. */
function hasInOrder(program: readonly string[], lines: readonly string[]): boolean {
  let from = 0
  return lines.every((line) => {
    const at = program.indexOf(line, from)
    from = at + 1
    return at !== -1
  })
}

describe('the page on frameworks', () => {
  const blocks = [...page.matchAll(/```js\n(.*?)```/gs)].map(([, block = '']) => block)

  it('has 8 programs, and each is lines of one that the matrix runs', () => {
    assert.equal(blocks.length, 8)
    for (const block of blocks) {
      const lines = block.split('\n').map(trimmed).filter(Boolean)
      assert.ok(
        programs.some((program) => hasInOrder(program, lines)),
        `no program of test/matrix has these lines:\n${block}`,
      )
    }
  })
})
