import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')

/** Two requests on one connection; prints what the second response says of it. */
const program = `
  const { Agent, get } = http
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const connection = (port) =>
    new Promise((resolve) => get({ port, agent }, (r) => r.resume().on('end', () => resolve(r.headers.connection))))
  const server = http.createServer(listener)
  server.listen(0, async () => {
    const { port } = server.address()
    console.log(await connection(port), await connection(port))
    server.close()
  })
`
const express = `const app = express()
  app.use(evenkeel({ maxRequestsPerConnection: 2, jitter: 0 }))
  app.get('/', (_request, response) => response.send('ok'))
  const listener = app`

/** What `npm install` would put on a user's disk, and nothing of this workspace but third parties' packages. */
describe('the packed packages', () => {
  let project = ''

  before(async () => {
    project = await mkdtemp(join(tmpdir(), 'evenkeel-packed-'))
    const filter = ['-r', '--filter', './packages/*']
    await run('npx', ['-y', 'pnpm@12', ...filter, 'pack', '--pack-destination', project], { cwd: root })
    const modules = join(project, 'node_modules')
    for (const tarball of await readdir(project)) {
      const name = /^evenkeel-(\w+)-.*\.tgz$/.exec(tarball)?.[1]
      if (name === undefined) continue
      const target = join(modules, '@evenkeel', name)
      await mkdir(target, { recursive: true })
      await run('tar', ['xzf', join(project, tarball), '-C', target, '--strip-components=1'])
      const { dependencies = {}, peerDependencies = {} } = JSON.parse(
        await readFile(join(target, 'package.json'), 'utf8'),
      )
      for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
        if (dependency.startsWith('@evenkeel/')) continue
        const installed = join(root, 'packages', name, 'node_modules', dependency)
        await mkdir(dirname(join(modules, dependency)), { recursive: true })
        await symlink(installed, join(modules, dependency)).catch(() => {})
      }
    }
  })
  after(() => rm(project, { recursive: true }))

  it('hold the compiled code with its types and sources, and the licence', async () => {
    for (const name of ['core', 'node', 'express', 'koa', 'fastify', 'prometheus', 'inspector', 'fleet']) {
      const files = await readdir(join(project, 'node_modules', '@evenkeel', name), { recursive: true })
      for (const file of ['dist/index.js', 'dist/index.d.ts', 'src/index.ts', 'LICENSE', 'README.md']) {
        assert.ok(files.includes(file), `@evenkeel/${name} lacks ${file}`)
      }
      assert.equal(
        files.some((file) => file.includes('.test.') || file.endsWith('.tsbuildinfo')),
        false,
      )
    }
  })

  for (const [name, file, text] of [
    [
      'import',
      'import.mjs',
      `import http from 'node:http'\nimport express from 'express'\nimport { evenkeel } from '@evenkeel/express'`,
    ],
    [
      'require',
      'require.cjs',
      `const http = require('http')\nconst express = require('express')\nconst { evenkeel } = require('@evenkeel/express')`,
    ],
  ] as const) {
    it(`work by ${name}`, async () => {
      await writeFile(join(project, file), `${text}\n${express}\n${program}`)
      const { stdout } = await run(process.execPath, [file], { cwd: project })
      assert.equal(stdout, 'keep-alive close\n')
    })
  }

  it('run the command evenkeel by its bin', async () => {
    const target = join(project, 'node_modules', 'evenkeel')
    await mkdir(target)
    const tarball = (await readdir(project)).find((file) => /^evenkeel-\d/.test(file)) ?? 'none'
    await run('tar', ['xzf', join(project, tarball), '-C', target, '--strip-components=1'])
    await symlink(join(root, 'packages', 'cli', 'node_modules'), join(target, 'node_modules'))
    const { bin, version } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'))
    const { stdout } = await run(process.execPath, [join(target, bin.evenkeel), '--version'])
    assert.equal(stdout, `${version}\n`)
  })

  it('serve the inspector, whose page is one file', async () => {
    const text = `import { createServer } from 'node:http'
      import { inspector } from '@evenkeel/inspector'
      const server = createServer(inspector(() => undefined)).listen(0, '127.0.0.1', async () => {
        const response = await fetch('http://127.0.0.1:' + server.address().port)
        console.log(/uPlot.*new Stream/s.test(await response.text()))
        server.close()
        server.closeAllConnections()
      })`
    await writeFile(join(project, 'inspected.mjs'), text)
    const { stdout } = await run(process.execPath, ['inspected.mjs'], { cwd: project })
    assert.equal(stdout, 'true\n')
  })

  it('attach every server by --import @evenkeel/node/auto', async () => {
    const bare = `import http from 'node:http'\nconst listener = (_request, response) => response.end('ok')`
    await writeFile(join(project, 'auto.mjs'), `${bare}\n${program}`)
    const { stdout } = await run(process.execPath, ['--import', '@evenkeel/node/auto', 'auto.mjs'], {
      cwd: project,
      env: { ...process.env, EVENKEEL_MAX_REQUESTS_PER_CONNECTION: '2', EVENKEEL_JITTER: '0' },
    })
    assert.equal(stdout, 'keep-alive close\n')
  })

  for (const way of ['import', 'require']) {
    it(`join a fleet by --${way} @evenkeel/node/auto, and say what is missing where @evenkeel/fleet is`, async () => {
      const fleet = join(project, 'node_modules', '@evenkeel', 'fleet')
      const start = (): Promise<{ stdout: string }> =>
        run(process.execPath, [`--${way}`, '@evenkeel/node/auto', '-e', 'console.log(1)'], {
          cwd: project,
          env: { ...process.env, EVENKEEL_FLEET: 'cluster' },
        })
      assert.equal((await start()).stdout, '1\n')
      await rename(fleet, `${fleet}-away`)
      try {
        await assert.rejects(start(), {
          code: 1,
          stdout: '',
          stderr:
            /EVENKEEL_FLEET is set, and @evenkeel\/fleet is not installed: run npm install @evenkeel\/fleet, or unset/,
        })
      } finally {
        await rename(`${fleet}-away`, fleet)
      }
    })
  }

  it('show numbers to Prometheus and OpenTelemetry, with a dashboard and alerts', async () => {
    await writeFile(
      join(project, 'numbers.cjs'),
      `const { collect, metricNames } = require('@evenkeel/prometheus')
       const { instrument } = require('@evenkeel/prometheus/opentelemetry')
       instrument([])()
       for (const file of ['dashboard.json', 'alerts.yml']) require.resolve('@evenkeel/prometheus/' + file)
       collect([]).metrics().then((text) => console.log(metricNames().every((name) => text.includes(name))))`,
    )
    const { stdout } = await run(process.execPath, ['numbers.cjs'], { cwd: project })
    assert.equal(stdout, 'true\n')
  })
})
