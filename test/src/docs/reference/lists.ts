import assert from 'node:assert/strict'
import { cures, fleetStates, openStates } from '@evenkeel/core'
import { reasons } from '@evenkeel/node'
import { type Declarations, declared, listOf } from '../../declarations/model.js'
import { cell, code, table } from './table.js'

/** The words that a doc comment lists, and what each means. They are the words that the code has. */
function words(all: Declarations, entry: string, name: string, known: readonly string[]): string[][] {
  const listed = listOf(declared(all, entry, name))
  assert.deepEqual([...listed.keys()], known, `the doc comment of ${name} lists what the code has`)
  return [...listed].map(([word, meaning]) => [code(word), cell(meaning)])
}

export function reasonTable(all: Declarations): string {
  return table(['reason', 'meaning'], words(all, 'core', 'reasons', reasons))
}

export function stateTable(all: Declarations): string {
  return table(['state', 'meaning'], words(all, 'core', 'openStates', openStates))
}

export function fleetStateTable(all: Declarations): string {
  return table(['state', 'meaning'], words(all, 'core', 'fleetStates', fleetStates))
}

/** What the process warnings of a fleet say, for each state that has one. */
export function cureList(): string {
  return Object.entries(cures)
    .map(([state, cure]) => `- ${code(state)}: ${cure}.`)
    .join('\n')
}

/** The members of a union of strings, as it is declared. */
function unionOf(all: Declarations, entry: string, name: string): string[] {
  return [...declared(all, entry, name).excerpt.text.matchAll(/'([^']+)'/g)].map(([, word = '']) => word)
}

export function errorTable(all: Declarations): string {
  const known = unionOf(all, 'core', 'OptionErrorCode')
  return table(['code', 'meaning'], words(all, 'core', 'OptionErrorCode', known))
}

export function warningTable(all: Declarations): string {
  const known = unionOf(all, 'node', 'WarningCode')
  const ofFleet = Object.keys(cures).map((state) => `EVENKEEL_FLEET_${state.toUpperCase()}`)
  assert.deepEqual(
    known.filter((each) => each.startsWith('EVENKEEL_FLEET_')),
    ofFleet,
    'a fleet warns of the states that have a cure',
  )
  return table(['code', 'meaning'], words(all, 'node', 'WarningCode', known))
}
