import { type Cell, nodes, type Place } from '../cell.js'
import { type Change, programIn, required } from '../project/programs.js'
import { serve } from '../serving/serve.js'
import { assertThirdIsLast, limitFromEnvironment } from '../serving/wire.js'

interface Program {
  readonly subject: string
  readonly file: string
  /** What the last response says. */
  readonly body?: RegExp
  readonly change?: Change
  /** What is imported, if not a name. */
  readonly what?: string
}

const instead =
  (name: string, other: string): Change =>
  (text) =>
    text.replaceAll(`'${name}'`, `'${other}'`)

const programs: readonly Program[] = [
  { subject: '@evenkeel/core', file: 'core', body: /^last for max-requests$/ },
  { subject: '@evenkeel/node', file: 'node' },
  { subject: 'Express {express4}', file: 'express', change: instead('express', 'express4') },
  { subject: 'Express {express}', file: 'express' },
  { subject: 'Koa {koa2}', file: 'koa', change: instead('koa', 'koa2') },
  { subject: 'Koa {koa}', file: 'koa' },
  { subject: 'Fastify {fastify}', file: 'fastify' },
  { subject: 'Fastify {fastify}', file: 'fastify-default', what: ' of the default export' },
  { subject: '@evenkeel/fleet', file: 'fleet', body: /^(joining|alone|even)$/ },
  { subject: '@evenkeel/prometheus', file: 'prometheus', body: /^evenkeel_requests_total(\{.*\})? 3$/m },
  { subject: '@evenkeel/prometheus/opentelemetry', file: 'opentelemetry', body: /evenkeel.*"value":3\b/ },
  { subject: '@evenkeel/inspector', file: 'inspector', body: /uPlot.*new Stream/s },
]

const served = programs.flatMap(({ subject, file, body = /./, change = (text) => text, what = '' }) =>
  (['import', 'require'] as const).flatMap((form) =>
    nodes.map((node) => ({
      area: 'forms' as const,
      subject,
      form: `${form}${what}`,
      node,
      project: 'packages',
      run: async (place: Place): Promise<void> => {
        const changes = form === 'require' ? [change, required] : [change]
        const program = await programIn(place.project, `forms/${file}.mjs`, ...changes)
        await serve(place, ['node', program], (port) => assertThirdIsLast(port, { body }))
      },
    })),
  ),
)

const automatic = (['--import', '--require'] as const).flatMap((form) =>
  nodes.map((node) => ({
    area: 'forms' as const,
    subject: '@evenkeel/node/auto',
    form,
    node,
    project: 'packages',
    run: (place: Place): Promise<void> =>
      serve(
        place,
        ['node', form, '@evenkeel/node/auto', 'forms/bare.mjs'],
        (port) => assertThirdIsLast(port),
        {
          env: limitFromEnvironment,
        },
      ),
  })),
)

const both = nodes.map((node) => ({
  area: 'forms' as const,
  subject: 'one Even Keel',
  form: 'both in one process',
  node,
  project: 'packages',
  run: async (place: Place): Promise<void> => {
    const program = await programIn(place.project, 'forms/both.mjs')
    await serve(place, ['node', program], (port) => assertThirdIsLast(port, { body: /^requests: 3$/ }))
  },
}))

export const formCells: readonly Cell[] = [...served, ...automatic, ...both]
