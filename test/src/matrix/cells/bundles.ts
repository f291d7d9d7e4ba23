import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cell, nodes, type Place } from '../cell.js'
import { environmentOf, run } from '../command.js'
import { programIn } from '../project/programs.js'
import { serve } from '../serving/serve.js'
import { assertThirdIsLast, type Exchange } from '../serving/wire.js'

interface Bundle {
  readonly file: string
  readonly form: 'require' | 'import'
  readonly setting: string
  readonly options: readonly string[]
  readonly exchanges: readonly Exchange[]
}

const page: Exchange = { path: '/inspector', body: /uPlot.*new Stream/s }
const numbers: Exchange = { path: '/metrics', body: /^evenkeel_requests_total(\{.*\})? 6$/m }
const all = [{ path: '/', body: /^hello$/ }, numbers, page]

// An ES module has no `require`, which packages of CommonJS need for what Node brings: so says esbuild's documentation.
const banner = [
  '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
]
const bundles: readonly Bundle[] = [
  { file: 'all', form: 'require', setting: 'cjs', options: ['--format=cjs'], exchanges: all },
  {
    file: 'all',
    form: 'require',
    setting: 'cjs, minified',
    options: ['--format=cjs', '--minify'],
    exchanges: all,
  },
  {
    file: 'all',
    form: 'import',
    setting: 'esm, with a require',
    options: ['--format=esm', ...banner],
    exchanges: all,
  },
]

/** One file, run where there is no other. */
export const bundleCells: readonly Cell[] = bundles.flatMap(({ file, form, setting, options, exchanges }) =>
  nodes.map((node) => ({
    area: 'bundles' as const,
    subject: 'Express {express}, inspector, metrics, fleet',
    form,
    setting: `esbuild {esbuild}, ${setting}`,
    node,
    project: 'packages',
    run: async (place: Place): Promise<void> => {
      const program = await programIn(place.project, `bundles/${file}.mjs`)
      const alone = await mkdtemp(join(tmpdir(), 'evenkeel-bundle-'))
      const bundle = join(alone, form === 'require' ? 'bundle.cjs' : 'bundle.mjs')
      const build = [program, '--bundle', '--platform=node', ...options, `--outfile=${bundle}`]
      try {
        await run('esbuild', build, place.project, environmentOf(place))
        await serve(
          place,
          ['node', bundle],
          async (port) => {
            for (const exchange of exchanges) await assertThirdIsLast(port, exchange)
          },
          { cwd: alone },
        )
      } finally {
        await rm(alone, { recursive: true })
      }
    },
  })),
)
