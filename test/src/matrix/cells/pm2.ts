import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import type { Cell, Place } from '../cell.js'
import { environmentOf, run } from '../command.js'
import { bare, type Change, programIn } from '../project/programs.js'
import { reachable } from '../serving/serve.js'
import { assertThirdIsLast, limitFromEnvironment } from '../serving/wire.js'

interface Way {
  readonly form: string
  readonly changes: readonly Change[]
  readonly env: NodeJS.ProcessEnv
}

const ways: readonly Way[] = [
  { form: 'in the program', changes: [], env: {} },
  {
    form: 'auto',
    changes: [bare],
    env: { ...limitFromEnvironment, NODE_OPTIONS: '--import @evenkeel/node/auto' },
  },
]

/** Under PM2, whose daemon has its home in the throwaway project, and is ended with the cell. */
export const pm2Cells: readonly Cell[] = ways.flatMap(({ form, changes, env }) =>
  ['fork', 'cluster'].flatMap((mode) =>
    (['20', '26'] as const).map((node) => ({
      area: 'frameworks' as const,
      subject: `PM2, ${mode} mode,`,
      versionOf: 'pm2',
      form,
      node,
      project: 'pm2',
      run: async (place: Place): Promise<void> => {
        const port = await freePort()
        const script = await programIn(place.project, 'server.mjs', ...changes)
        const app = { name: 'app', cwd: place.project, script, exec_mode: mode, instances: 1, env }
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
  ),
)
