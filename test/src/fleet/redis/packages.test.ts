import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

const workspace = join(import.meta.dirname, '../../../..')
const installed = { 'version 5': 'redis5', 'version 6': 'redis' }

/** Reports, gives up a report, reports again, leaves. It ends by itself, with its store open. */
const program = `
  import { redisStore } from '@evenkeel/fleet'
  const store = redisStore(process.argv[2])
  const report = { load: 1, weight: 1 }
  const exchange = (id, signal = new AbortController().signal) =>
    store.exchange('web', id, report, 60_000, signal).then(({ members }) => members, ({ message }) => message)
  const alive = setInterval(() => {}, 1_000)
  const told = [await exchange('a')]
  if (told[0] === 1) {
    const abort = new AbortController()
    const aborted = exchange('b', abort.signal)
    abort.abort(new Error('enough'))
    told.push(await aborted, await exchange('c'))
    await store.leave('web', 'a')
    told.push([...(await store.members('web')).keys()].includes('a'))
  }
  console.log(JSON.stringify(told))
  clearInterval(alive)
`

/** Runs the program where the package is there alone, with another one for \`redis\`, or none. */
async function told(url: string, redis: string | undefined): Promise<unknown[]> {
  const project = await mkdtemp(join(tmpdir(), 'evenkeel-packages-'))
  try {
    const modules = join(project, 'node_modules')
    await mkdir(join(modules, '@evenkeel'), { recursive: true })
    const fleet = join(workspace, 'packages', 'fleet')
    const filter = (path: string): boolean => !path.includes('node_modules', fleet.length)
    await cp(fleet, join(modules, '@evenkeel', 'fleet'), { recursive: true, filter })
    await symlink(join(workspace, 'packages', 'core'), join(modules, '@evenkeel', 'core'))
    if (redis !== undefined) {
      await symlink(join(workspace, 'test', 'node_modules', redis), join(modules, 'redis'))
    }
    await writeFile(join(project, 'program.mjs'), program)
    const { stdout } = await promisify(execFile)(process.execPath, [join(project, 'program.mjs'), url])
    return JSON.parse(stdout)
  } finally {
    await rm(project, { recursive: true })
  }
}

describe('the package redis, for a store by its URL', () => {
  it('is asked for where it is missing', async () => {
    const [message] = await told('redis://localhost', undefined)
    assert.match(
      String(message),
      /^the package redis is missing: install it \(npm install redis\), or give { sendCommand }/,
    )
  })

  for (const [version, folder] of Object.entries(installed)) {
    it(`serves in ${version}, after a command that was aborted too, and does not keep the process`, {
      skip: noRedis,
    }, async () => {
      const server = await RedisServer.start()
      const relay = await Relay.open(server.path)
      const [first, aborted, next, isIn] = await told(relay.url, folder)
      assert.deepEqual([first, aborted, isIn], [1, 'enough', false])
      // The command that was aborted may have been sent by then.
      assert.ok(next === 2 || next === 3, `${next} members`)
      await relay.close()
      await server.end()
    })
  }
})
