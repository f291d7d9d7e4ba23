import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { packedProject } from './project.js'

const run = promisify(execFile)

/** Two requests on one connection; prints what each response says of it. */
const twice = `
  import { Agent, createServer, get } from 'node:http'
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const connection = (port) =>
    new Promise((resolve) => get({ port, agent }, async (response) => {
      const body = (await response.toArray()).join('')
      resolve(response.headers.connection + (/uPlot.*new Stream/s.test(body) ? ' with the page' : ''))
    }))
  const twice = async (server) => {
    await new Promise((resolve) => server.listen(0, resolve))
    const { port } = server.address()
    console.log(await connection(port), await connection(port))
    agent.destroy()
    server.close()
  }
`

/** Everything in both forms at once: a server that is attached by one, with middleware of the other. */
const bothForms = `
  import assert from 'node:assert/strict'
  import { createRequire } from 'node:module'
  import * as imported from '@evenkeel/express'
  import { inspector } from '@evenkeel/inspector'
  import express from 'express'
  ${twice}
  const require = createRequire(import.meta.url)
  const required = require('@evenkeel/node')
  const { collect, metricNames } = require('@evenkeel/prometheus')
  const { instrument } = require('@evenkeel/prometheus/opentelemetry')
  for (const file of ['dashboard.json', 'alerts.yml']) require.resolve('@evenkeel/prometheus/' + file)

  assert.throws(() => required.attach(createServer(), { jitter: 2 }), imported.OptionError)
  const options = { maxRequestsPerConnection: 2, jitter: 0 }
  const app = express()
  const server = createServer(app)
  const keel = required.attach(server, options)
  assert.equal(imported.attach(server, options), keel)
  app.use(imported.evenkeel(options))
  app.get('/', inspector(keel))
  await twice(server)
  assert.equal(keel.snapshot().totals.requests, 2)
  instrument(keel)()
  const text = await collect(keel).metrics()
  assert.ok(metricNames().every((name) => text.includes(name)))
`
/** What `npm install` would put on a user's disk, and nothing of this workspace but third parties' packages. */
describe('the packed packages', () => {
  let project = ''

  before(async () => {
    project = await packedProject()
  })
  after(() => rm(project, { recursive: true }))

  it('hold the compiled code with its types and sources, and the licence', async () => {
    for (const name of ['core', 'node', 'express', 'koa', 'fastify', 'prometheus', 'inspector', 'fleet']) {
      const files = await readdir(join(project, 'node_modules', '@evenkeel', name), { recursive: true })
      for (const file of [
        'dist/index.js',
        'dist/index.d.ts',
        'dist/index.mjs',
        'dist/index.d.mts',
        'src/index.ts',
        'LICENSE',
        'README.md',
      ]) {
        assert.ok(files.includes(file), `@evenkeel/${name} lacks ${file}`)
      }
      assert.equal(
        files.some((file) => file.includes('.test.') || file.endsWith('.tsbuildinfo')),
        false,
      )
    }
  })

  it('run the command evenkeel by its bin', async () => {
    const target = join(project, 'node_modules', 'evenkeel')
    const { bin, version } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'))
    const { stdout } = await run(process.execPath, [join(target, bin.evenkeel), '--version'])
    assert.equal(stdout, `${version}\n`)
  })

  it('work by import and by require in one process, as one Even Keel, with its page and numbers', async () => {
    await writeFile(join(project, 'both.mjs'), bothForms)
    const { stdout } = await run(process.execPath, ['both.mjs'], { cwd: project })
    assert.equal(stdout, 'keep-alive with the page close with the page\n')
  })

  it('attach every server by --import @evenkeel/node/auto, and have it join a fleet', async () => {
    const ends = "await twice(createServer((_request, response) => response.end('ok')))"
    await writeFile(join(project, 'auto.mjs'), `${twice}\n${ends}`)
    const { stdout } = await run(process.execPath, ['--import', '@evenkeel/node/auto', 'auto.mjs'], {
      cwd: project,
      env: {
        ...process.env,
        EVENKEEL_MAX_REQUESTS_PER_CONNECTION: '2',
        EVENKEEL_JITTER: '0',
        EVENKEEL_FLEET: 'cluster',
      },
    })
    assert.equal(stdout, 'keep-alive close\n')
  })

  it('say what is missing where EVENKEEL_FLEET is set and @evenkeel/fleet is not installed', async () => {
    const fleet = join(project, 'node_modules', '@evenkeel', 'fleet')
    await rename(fleet, `${fleet}-away`)
    try {
      for (const way of ['import', 'require']) {
        const start = run(process.execPath, [`--${way}`, '@evenkeel/node/auto', '-e', 'console.log(1)'], {
          cwd: project,
          env: { ...process.env, EVENKEEL_FLEET: 'cluster' },
        })
        await assert.rejects(start, {
          code: 1,
          stdout: '',
          stderr:
            /EVENKEEL_FLEET is set, and @evenkeel\/fleet is not installed: run npm install @evenkeel\/fleet, or unset/,
        })
      }
    } finally {
      await rename(`${fleet}-away`, fleet)
    }
  })
})
