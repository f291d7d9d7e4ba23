import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Declarations, declared, meaningOf } from '../../declarations/model.js'
import { events, fields } from './events.js'
import { functionTable } from './functions.js'
import { knownOptions, knownVariables } from './known.js'
import { cureList, errorTable, fleetStateTable, reasonTable, stateTable, warningTable } from './lists.js'
import { longMembers, members } from './members.js'
import { factsOf, inOrder, type Option, optionOf } from './option.js'
import { groups } from './options.js'
import { brief, code, table } from './table.js'
import { variableTable } from './variables.js'

const root = join(import.meta.dirname, '..', '..', '..', '..')

export const pageFile: string = join(root, 'docs', 'reference.md')

/** The reference, as the code has it. */
export async function page(all: Declarations): Promise<string> {
  const known = await knownOptions()
  const variables = await knownVariables()
  const options: Record<string, Option[]> = {}
  for (const [name, group] of Object.entries(groups)) {
    options[name] = inOrder((known[name] ?? []).map((option) => optionOf(all, group, option, variables)))
  }
  const of = (name: string): Option[] => options[name] ?? []
  const parts = [
    '<!-- Made from the sources by pnpm generate. Do not edit. -->',
    '# All options, variables, events, metrics and codes',
    '[Options](#options) · [Variables](#variables) · [Functions](#functions) · [What a keel has](#what-a-keel-has) · [Reasons](#reasons) · ' +
      '[States](#states-of-a-connection) · [Events](#events) · [Metrics](#metrics) · [Errors](#errors) · [Warnings](#process-warnings)',
    'This page is made from the code, so it is complete. Durations are milliseconds. `Infinity` means no limit. A value that makes no sense is ' +
      'an error when it is given, and so is a name that is not on this page.',
    '## Options',
    'For `attach(server, options)`, `app.use(evenkeel(options))` in Express and Koa, and `app.register(evenkeel, options)` in Fastify. ' +
      '`keel.update(options)` changes all but `clock`, `random` and `fleet`.',
    table(
      ['option', 'default', 'meaning'],
      of('attach').map((option) => [
        `[${code(option.name)}](#${option.name.toLowerCase()})`,
        option.default === undefined ? '' : code(option.default),
        brief(option.meaning),
      ]),
    ),
    ...of('attach').map((option) => `### ${code(option.name)}\n\n${factsOf(option)}\n\n${option.meaning}`),
    ...[
      'shutdown',
      'drain',
      'createFleet',
      'redisStore',
      'createCounter',
      'inspector',
      'collect',
      'instrument',
    ].map((name) =>
      section(groups[name]?.call ?? '', of(name), name === 'drain' ? of('shutdown') : of('attach')),
    ),
    '## Variables',
    'For `node --import @evenkeel/node/auto` (or `--require`). An empty variable counts as not set. A value that makes no sense, and a ' +
      'variable that begins with `EVENKEEL_` and is not in this table, end the program at start. The `fleet` variables need `EVENKEEL_FLEET`.',
    variableTable([...of('attach'), ...of('createFleet')], variables),
    '## Functions',
    functionTable(all),
    '## What a keel has',
    '`attach` returns a keel. So do `middleware.keel` in Express and Koa, from the first request on, and `app.evenkeel` in Fastify.',
    longMembers(all, 'node', 'Keel'),
    shape(all, 'core', 'Snapshot', '`keel.snapshot()`'),
    shape(all, 'core', 'Totals', '`totals` of a snapshot'),
    shape(all, 'core', 'DistributionSnapshot', 'Distributions of a snapshot'),
    shape(all, 'core', 'FleetStatus', '`fleet` of a snapshot'),
    shape(all, 'core', 'ConnectionInfo', 'A connection'),
    shape(all, 'core', 'FleetMember', 'A member of a fleet'),
    shape(all, 'core', 'DrainReport', 'The report of a drain or a shutdown'),
    '## Reasons',
    'Why a connection takes no more requests. The first reason wins, and never changes.',
    reasonTable(all),
    '## States of a connection',
    stateTable(all),
    '## States of a fleet',
    fleetStateTable(all),
    'The first time that a server is in one of these states, a process warning says so, and what helps:',
    cureList(),
    '## Events',
    'With `keel.on(event, listener)`, and on the channels of `node:diagnostics_channel`, where the message has the `server` too. Nothing is ' +
      'built while nobody listens.',
    events(all),
    fields(all),
    '## Metrics',
    'From `collect` of `@evenkeel/prometheus`. What they are in OpenTelemetry: [`@evenkeel/prometheus`](../packages/prometheus).',
    metricTable(),
    '## Errors',
    'An option that cannot be used throws an `OptionError`: a `TypeError` with `code`, `option`, `value` and `cure`.',
    errorTable(all),
    '## Process warnings',
    '`node --disable-warning=CODE` turns one off.',
    warningTable(all),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A call and its options. What was told of an option before is not told again. */
function section(call: string, options: readonly Option[], told: readonly Option[]): string {
  const parts = options.map((option) => {
    const isTold = told.some(({ name, meaning }) => name === option.name && meaning === option.meaning)
    const meaning = isTold ? 'As above.' : option.meaning
    return `**${code(option.name)}** · ${factsOf(option)}\n\n${meaning}`.replace('** · \n', '**\n')
  })
  return [`## ${code(call)}`, ...parts].join('\n\n')
}

function shape(all: Declarations, entry: string, name: string, title: string): string {
  return `### ${title}\n\n${meaningOf(declared(all, entry, name))}\n\n${members(all, entry, name)}`
}

/** Made from the list of instruments, and held to it by a test of that package. */
function metricTable(): string {
  const readme = readFileSync(join(root, 'packages', 'prometheus', 'README.md'), 'utf8')
  const rows = readme.split('<!-- metrics -->')[1]?.split('<!-- end -->')[0]?.trim().split('\n') ?? []
  return rows.map((row) => row.replace(/\|[^|]*\|$/, '|')).join('\n')
}
