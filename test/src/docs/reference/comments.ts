import { parseOptions } from '@evenkeel/core'
import type { Declarations } from '../../declarations/model.js'
import { knownOptions } from './known.js'
import { type Option, optionOf } from './option.js'
import { groups } from './options.js'

/** What doc comments of options do not tell, or tell otherwise than the code has it. */
export async function optionFaults(all: Declarations): Promise<string[]> {
  const known = await knownOptions()
  return Object.entries(groups).flatMap(([call, group]) =>
    (known[call] ?? []).flatMap((name) =>
      [...faultsOf(optionOf(all, group, name, []), call)].map((fault) => `${call}: ${name} ${fault}`),
    ),
  )
}

function* faultsOf(option: Option, call: string): Iterable<string> {
  const { name, type, meaning, isRequired } = option
  if (call !== 'drain' && !isRequired && !/\bdefault\b/i.test(meaning))
    yield 'has no default in its doc comment'
  const told = /\bdefault `?(\d[\d ]*\d|[\d.]*\d|true|false|Infinity)\b/i
    .exec(meaning)?.[1]
    ?.replaceAll(' ', '')
  if (told !== undefined && told !== option.default) yield `is ${option.default}, not ${told}`
  if (type === 'number' && !/milliseconds|[Ww]hole number|fraction|number above 0|share/.test(meaning)) {
    yield 'has no unit in its doc comment'
  }
  if (call === 'attach' && type === 'number' && takes(name, Infinity) && !meaning.includes('`Infinity`')) {
    yield 'does not say in its doc comment what Infinity means'
  }
}

function takes(name: string, value: number): boolean {
  try {
    parseOptions({ [name]: value }, { clock: { now: () => 0 }, random: () => 0 })
    return true
  } catch {
    return false
  }
}
