import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fleetStates } from '@evenkeel/core'
import { attach, channelNames, defaults, idleTimeoutBehind, type Peer, reasons } from '@evenkeel/node'

const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8')

/** The rows of the table under a heading, and under no smaller one: its cells, as they stand. */
function rowsUnder(heading: string): string[][] {
  const section = readme.split(new RegExp(`\n###? ${heading}\n`))[1]?.split(/\n###? /)[0] ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

/** The words in code style of a cell. */
function codes(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '')
}

describe('README', () => {
  it('lists every option, and no other', () => {
    const documented = rowsUnder('Options').flatMap(([names]) => codes(names))
    assert.deepEqual(documented.sort(), Object.keys(attach(createServer()).limits).sort())
  })

  it('gives the default of every option', () => {
    for (const [names, value] of rowsUnder('Options')) {
      for (const name of codes(names)) {
        if (!Object.hasOwn(defaults, name) || ['exempt', 'fleet'].includes(name)) continue
        assert.equal(value, String(defaults[name as keyof typeof defaults]), name)
      }
    }
  })

  it('lists what a keel has', () => {
    const keel = attach(createServer())
    const documented = rowsUnder('What it tells you')
      .flatMap(([member]) => codes(member))
      .map((code) => code.match(/^keel\.(\w+)/)?.[1])
    for (const member of documented) assert.ok(member !== undefined && member in keel, member)
    const own = Object.getOwnPropertyNames(Object.getPrototypeOf(keel)).filter(
      (name) => name !== 'constructor',
    )
    assert.deepEqual([...documented, 'off'].sort(), own.sort())
  })

  it('lists every event, and the channel that it is published on', () => {
    const documented = rowsUnder('Events').map(([type, channel]) => [codes(type)[0], codes(channel)[0]])
    assert.deepEqual(documented, Object.entries(channelNames))
  })

  it('names every reason for which a connection is retired, and every state of a fleet, and no other', () => {
    const told = readme.split('\n## What it tells you\n')[1]?.split('\n### ')[0] ?? ''
    const retired = told.match(/is retired for one reason, the first: (.*?)\.\s/s)?.[1]
    assert.deepEqual(codes(retired).sort(), [...reasons].sort())
    const state = told.match(/`state` \((.*?)\)/s)?.[1]
    assert.deepEqual(codes(state).sort(), [...fleetStates].sort())
  })

  it('lists every known peer, with what it keeps and what idleTimeoutBehind gives', () => {
    const rows = rowsUnder('Idle connections')
    assert.equal(rows.length, 9)
    for (const [peer, keeps, timeout] of rows) {
      const seconds = idleTimeoutBehind(codes(peer)[0] as Peer) / 1000
      assert.equal(timeout, `${seconds} s`)
      assert.match(keeps ?? '', new RegExp(`^\\[${seconds - 5} s\\]\\(https://`))
    }
  })
})
