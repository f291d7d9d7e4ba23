import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import type { Cell, Place } from '../cell.js'
import { environmentOf, run } from '../command.js'
import { bare, type Change, programIn } from '../project/programs.js'
import { reachable } from '../serving/serve.js'
import { assertThirdIsLast, limitFromEnvironment } from '../serving/wire.js'

interface Way {
  readonly mode: 'fork' | 'cluster'
  readonly form: string
  readonly changes: readonly Change[]
  readonly env: NodeJS.ProcessEnv
  readonly node_args?: string
}

const imported: Change = (text) => `import '@evenkeel/node/auto'\n${bare(text)}`
const auto = '--import @evenkeel/node/auto'

// A worker of PM2's cluster gets the variables of its configuration when Node has started, too late for `--import`.
const ways: readonly Way[] = [
  { mode: 'fork', form: 'in the program', changes: [], env: {} },
  { mode: 'fork', form: 'auto', changes: [bare], env: limitFromEnvironment, node_args: auto },
  { mode: 'fork', form: 'auto, imported', changes: [imported], env: limitFromEnvironment },
  { mode: 'cluster', form: 'in the program', changes: [], env: {} },
  { mode: 'cluster', form: 'auto, imported', changes: [imported], env: limitFromEnvironment },
]

/** Under PM2, whose daemon has its home in the throwaway project, and is ended with the cell. */
export const pm2Cells: readonly Cell[] = ways.flatMap(({ mode, form, changes, env, node_args }) =>
  (['20', '26'] as const).map((node) => ({
    area: 'frameworks' as const,
    subject: `PM2 {pm2}, ${mode} mode`,
    form,
    node,
    project: 'pm2',
    run: async (place: Place): Promise<void> => {
      const port = await freePort()
      const script = await programIn(place.project, 'server.mjs', ...changes)
      const app = { name: 'app', cwd: place.project, script, exec_mode: mode, instances: 1, env, node_args }
      const configuration = join(place.folder, 'ecosystem.config.cjs')
      await writeFile(configuration, `module.exports = ${JSON.stringify({ apps: [app] })}`)
      const environment = environmentOf(place, { PM2_HOME: place.folder, PORT: String(port) })
      try {
        await run('pm2', ['start', configuration], place.project, environment)
        await reachable(port)
        await assertThirdIsLast(port)
      } catch (error) {
        const logs = await run('pm2', ['logs', '--nostream'], place.project, environment).catch(String)
        throw new Error(`${error}\n${logs}`)
      } finally {
        await run('pm2', ['kill'], place.project, environment)
      }
    },
  })),
)
