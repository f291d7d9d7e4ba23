import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fleetStates, forgetful, openStates } from '@evenkeel/core'
import { channelNames, idleTimeoutBehind, type Peer, reasons } from '@evenkeel/node'
import { knownOptions, knownPeers } from './reference/known.js'
import { groups, shown } from './reference/options.js'
import { allCells, rowsWith } from './tables.js'

const known = await knownOptions()

/** A count of 1,000 in a cell, and the number that a column has in its head: `limit 10 000`, `age 5 min`. */
function countOf(text: string): number {
  return Number(text.replaceAll(/\D/g, ''))
}

/** Reconnects per second, as a cell has them. */
function reconnects(perSecond: number): string {
  return perSecond < 0.95 ? 'less than 1' : String(Math.round(perSecond))
}

/** What an option of this name is by default, in each call that has one. */
function defaultsOf(name: string): (string | undefined)[] {
  return Object.keys(groups)
    .filter((call) => known[call]?.includes(name))
    .map((call) => shown(groups[call]?.defaults[name])?.replaceAll("'", ''))
}

describe('tables', () => {
  it('have cells of at most 120 characters: what is longer is a list', () => {
    const cells = allCells()
    assert.ok(cells.length > 500)
    const long = cells.filter(({ text }) => text.length > 120)
    assert.deepEqual(
      long.map(({ place, text }) => `${place}: ${text.length}`),
      [],
    )
  })

  it('of options have names and defaults that the code has', () => {
    const rows = rowsWith('option', 'default')
    assert.ok(rows.length > 20)
    for (const { place, cells } of rows) {
      const { option = '', default: given = '' } = cells
      // Flags of a demo are not ours to check.
      if (option.startsWith('--')) continue
      const defaults = defaultsOf(option)
      assert.notEqual(defaults.length, 0, `${place}: there is no option ${option}`)
      // Words are for a default that is no value.
      if (/ |^$|^none$/.test(given.replace(/(\d) (?=\d)/g, '$1'))) continue
      assert.ok(
        defaults.includes(given.replaceAll(' ', '')),
        `${place}: ${option} is ${defaults.join(' or ')}`,
      )
    }
  })

  it('of peers have all of them, what each keeps by its own documentation, and what idleTimeoutBehind gives', async () => {
    const rows = rowsWith('idleTimeoutBehind gives')
    assert.deepEqual(rows.map(({ cells }) => cells['in front']).sort(), [...(await knownPeers())].sort())
    for (const { place, cells, links } of rows) {
      const seconds = idleTimeoutBehind(cells['in front'] as Peer) / 1000
      assert.equal(cells['idleTimeoutBehind gives'], `${seconds} s`, place)
      const side = forgetful.includes(cells['in front'] as Peer) ? 5 : -5
      assert.equal(cells['keeps an idle connection for'], `${seconds + side} s`, place)
      assert.match(links[0] ?? '', /^https:/, place)
    }
  })

  it('of reconnects are what limits of 90 % on average come to', () => {
    const ofCounts = rowsWith('requests per second in all')
    const ofAges = rowsWith('connections in all')
    assert.deepEqual([ofCounts.length, ofAges.length], [3, 3])
    for (const { place, cells } of [...ofCounts, ...ofAges]) {
      const [[, all = ''] = [], ...columns] = Object.entries(cells)
      for (const [head, cell] of columns) {
        const limit = head.startsWith('age') ? countOf(head) * 60 : countOf(head)
        assert.equal(cell, reconnects(countOf(all) / (0.9 * limit)), `${place}: ${head}`)
      }
    }
  })

  it('of states, reasons and events have none that the code has not', () => {
    const known = [...fleetStates, ...openStates, ...reasons, ...Object.keys(channelNames)]
    const rows = [...rowsWith('state'), ...rowsWith('reason', 'meaning'), ...rowsWith('event')]
    for (const { place, cells } of rows) {
      const { state, reason, event } = cells
      const name = state ?? reason ?? event
      assert.ok(
        known.some((each) => each === name),
        `${place}: ${name}`,
      )
    }
  })
})
