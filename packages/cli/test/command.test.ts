import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { Budget } from '#cli/command/budget'
import { columnWidths } from '#cli/command/columns'
import { tell } from '#cli/command/new-command'
import { createOutput } from '#cli/command/output'

/** A stream that keeps what is written, at a terminal of so many columns or at none. */
function sink(columns?: number): Writable & { written: string } {
  const stream = new Writable({
    write(chunk, _, done) {
      own.written += chunk
      done()
    },
  })
  const own = Object.assign(stream, { written: '', ...(columns !== undefined && { isTTY: true, columns }) })
  return own
}

describe('a budget of 2 connections and 3 requests', () => {
  it('says so, gives as many, counts them, and gives no more', () => {
    const budget = new Budget({ connections: 2, requests: 3 })
    const stdout = sink()
    budget.announce(createOutput(false, stdout, sink()))
    assert.equal(stdout.written, 'Sends at most 3 requests over at most 2 connections.\n')
    budget.takeConnection()
    budget.takeRequests(3)
    assert.throws(() => budget.takeRequests(), RangeError)
    budget.takeConnection()
    assert.throws(() => budget.takeConnection(), RangeError)
    assert.deepEqual(budget.sent, { connections: 2, requests: 3 })
  })
})

it('a fault of the command itself is one JSON value with --json, and its stack on standard error', ({
  mock,
}) => {
  const error = mock.method(console, 'error', () => {})
  const stdout = sink()
  const fault = new TypeError('no such thing')
  tell(createOutput(true, stdout, sink()), fault)
  assert.equal(JSON.parse(stdout.written).error.message, 'no such thing')
  assert.equal(error.mock.calls[0]?.arguments[0], fault)
})

describe('output', () => {
  it('is a line per row where there is no terminal, its cells two spaces apart', () => {
    const stdout = sink()
    createOutput(false, stdout, sink()).table(['a', 'b'], [['1', '2']])
    assert.equal(stdout.written, '1  2\n')
  })

  it('is a table no wider than a terminal of 40 columns', () => {
    const stdout = sink(40)
    createOutput(false, stdout, sink(40)).table(['', 'word'], [['a', 'long words '.repeat(20)]])
    const widths = stripVTControlCharacters(stdout.written)
      .split('\n')
      .map((line) => line.length)
    assert.equal(Math.max(...widths), 40)
  })

  it('has colours on a terminal, and none with NO_COLOR', () => {
    const env: { NO_COLOR?: string } = process.env
    const before = env.NO_COLOR
    try {
      delete env.NO_COLOR
      assert.notEqual(createOutput(false, sink(40)).colours.red('a'), 'a')
      env.NO_COLOR = '1'
      assert.equal(createOutput(false, sink(40)).colours.red('a'), 'a')
    } finally {
      if (before === undefined) delete env.NO_COLOR
      else env.NO_COLOR = before
    }
  })

  it('is the result alone with --json: notes go to standard error, lines and tables nowhere', () => {
    const stdout = sink()
    const stderr = sink()
    const output = createOutput(true, stdout, stderr)
    output.note('note')
    output.line('line')
    output.table(['a'], [['1']])
    output.result({ answer: 42 })
    assert.deepEqual(JSON.parse(stdout.written), { answer: 42 })
    assert.equal(stderr.written, 'note\n')
  })

  it('shows progress on a terminal, and takes it away before the next line', () => {
    const stdout = sink(40)
    const stderr = sink(40)
    const output = createOutput(false, stdout, stderr)
    output.progress('half')
    output.line('done')
    output.progress(undefined)
    assert.equal(stderr.written, 'half\r\x1b[K')
    assert.equal(stdout.written, 'done\n')
  })

  it('shows no progress where there is no terminal', () => {
    const stderr = sink()
    createOutput(false, sink(), stderr).progress('half')
    assert.equal(stderr.written, '')
  })
})

describe('columns', () => {
  it('are as wide as their text needs, with a space on either side', () => {
    assert.deepEqual(
      columnWidths(
        [
          ['ab', 'a\nabcd'],
          ['a', '\x1b[1mab\x1b[22m'],
        ],
        80,
      ),
      [4, 6],
    )
  })

  it('are cut alike where they do not fit into 40', () => {
    assert.deepEqual(columnWidths([['ab', 'x'.repeat(90), 'y'.repeat(50)]], 40), [4, 16, 16])
  })
})
