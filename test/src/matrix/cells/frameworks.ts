import type { Cell, NodeVersion, Place } from '../cell.js'
import { bare, programIn } from '../project/programs.js'
import { serve } from '../serving/serve.js'
import { assertThirdIsLast, type Exchange, limitFromEnvironment } from '../serving/wire.js'

interface Framework {
  readonly subject: string
  readonly project: string
  /** A program whose lines of Even Keel can be left out. */
  readonly program: string
  readonly exchange?: Exchange
}

const hello: Exchange = { body: /hello/ }
const query: Exchange = {
  path: '/?query=%7Bhello%7D',
  headers: 'Apollo-Require-Preflight: true\r\n',
  body: /"hello":"hello"/,
}
const polling: Exchange = { path: '/socket.io/?EIO=4&transport=polling', body: /"upgrades":\["websocket"\]/ }

const frameworks: readonly Framework[] = [
  ...['nest', 'nest11'].flatMap((project) =>
    ['express', 'fastify'].map((platform) => ({
      subject: `NestJS {@nestjs/core} on ${platform === 'express' ? 'Express' : 'Fastify'}`,
      project,
      program: `${platform}.mjs`,
    })),
  ),
  { subject: 'Hono {hono}, @hono/node-server {@hono/node-server}', project: 'hono', program: 'server.mjs' },
  { subject: 'Next.js {next}, custom server', project: 'next', program: 'server.mjs' },
  {
    subject: 'tRPC {@trpc/server}, standalone',
    project: 'trpc',
    program: 'server.mjs',
    exchange: { ...hello, path: '/hello' },
  },
  {
    subject: 'Apollo Server {@apollo/server} on Express {express}',
    project: 'apollo',
    program: 'express.mjs',
    exchange: query,
  },
  {
    subject: 'Socket.IO {socket.io}, polling',
    project: 'socket.io',
    program: 'server.mjs',
    exchange: polling,
  },
  {
    subject: 'node:cluster',
    project: 'pm2',
    program: 'cluster.mjs',
    exchange: { body: /^process \d+$/ },
  },
]

/** The oldest and the newest: what differs between Node versions is the forms' affair. */
const someNodes: readonly NodeVersion[] = ['20', '26']
const auto = ['--import', '@evenkeel/node/auto']

/** In the program, by the environment, and by both, where the program's options win. */
const ways = [
  { form: 'in the program', change: [], args: [], env: {} },
  { form: 'auto', change: [bare], args: auto, env: limitFromEnvironment },
  {
    form: 'in the program and auto',
    change: [],
    args: auto,
    env: { EVENKEEL_MAX_REQUESTS_PER_CONNECTION: '2', EVENKEEL_JITTER: '0' },
  },
]

const served = frameworks.flatMap(({ subject, project, program, exchange = hello }) =>
  ways.flatMap(({ form, change, args, env }) =>
    someNodes.map((node) => ({
      area: 'frameworks' as const,
      subject,
      form,
      node,
      project,
      run: async (place: Place): Promise<void> => {
        const file = await programIn(place.project, program, ...change)
        await serve(place, ['node', ...args, file], (port) => assertThirdIsLast(port, exchange), { env })
      },
    })),
  ),
)

/** Programs that show no server, so that nothing but the environment can attach it. */
const hidden = someNodes.flatMap((node) => [
  {
    area: 'frameworks' as const,
    subject: 'Apollo Server {@apollo/server}, standalone',
    form: 'auto',
    node,
    project: 'apollo',
    run: (place: Place): Promise<void> =>
      serve(place, ['node', ...auto, 'standalone.mjs'], (port) => assertThirdIsLast(port, query), {
        env: limitFromEnvironment,
      }),
  },
  {
    area: 'frameworks' as const,
    subject: 'Next.js {next}, next start',
    form: 'auto',
    node,
    project: 'next',
    run: (place: Place): Promise<void> =>
      serve(place, ['next', 'start'], (port) => assertThirdIsLast(port, hello), {
        env: { ...limitFromEnvironment, NODE_OPTIONS: auto.join(' ') },
      }),
  },
])

export const frameworkCells: readonly Cell[] = [...served, ...hidden]
