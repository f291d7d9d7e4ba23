import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cell, Place } from '../cell.js'
import { environmentOf, run } from '../command.js'

/** How a consumer's files are compiled; `type` is that of its package.json. */
interface Setting {
  readonly module: string
  readonly resolution: string
  readonly type: 'commonjs' | 'module'
  /** More of `compilerOptions`, and how the table names it. */
  readonly more?: { readonly name: string; readonly options: object }
}

const types = ['commonjs', 'module'] as const
const coupled = ['node16', 'node18', 'nodenext'].flatMap((module) =>
  types.map((type) => ({ module, resolution: module === 'node18' ? 'node16' : module, type })),
)
const lenient = { name: 'without exactOptionalPropertyTypes', options: { exactOptionalPropertyTypes: false } }
const everywhere: readonly Setting[] = [
  ...coupled,
  { module: 'esnext', resolution: 'bundler', type: 'module' },
  { module: 'nodenext', resolution: 'nodenext', type: 'commonjs', more: lenient },
]

// TypeScript 7 has no `node10` any more, and 5.9 no `commonjs` with `bundler`.
const compilers = [
  {
    compiler: 'typescript',
    settings: [...everywhere, { module: 'commonjs', resolution: 'node10', type: 'commonjs' as const }],
  },
  {
    compiler: 'typescript7',
    settings: [...everywhere, { module: 'commonjs', resolution: 'bundler', type: 'commonjs' as const }],
  },
]

const current = { project: 'packages', subject: 'every package' }
const older = { project: 'older', subject: 'Express {express}, Koa {koa}' }

export const typescriptCells: readonly Cell[] = compilers.flatMap(({ compiler, settings }) => [
  ...settings.map((setting) => cellOf(compiler, setting, current)),
  ...coupled.slice(-2).map((setting) => cellOf(compiler, setting, older)),
])

function cellOf(compiler: string, setting: Setting, place: Pick<Cell, 'project' | 'subject'>): Cell {
  return {
    area: 'typescript',
    ...place,
    form: setting.type === 'module' ? 'import' : 'require',
    setting: [`TypeScript {${compiler}}`, setting.module, setting.resolution, setting.more?.name]
      .filter(Boolean)
      .join(', '),
    node: '20',
    run: (where) => compile(where, compiler, setting),
  }
}

/** Compiles a program that uses every package, checks all declarations on the way, and runs what comes out. */
async function compile(place: Place, compiler: string, setting: Setting): Promise<void> {
  const { project, folder } = place
  await cp(join(project, 'types'), folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: setting.type }))
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configurationOf(setting)))
  const environment = environmentOf(place)
  await run('node', [`../node_modules/${compiler}/bin/tsc`], folder, environment)
  await run('node', ['out/uses.js'], folder, environment)
}

function configurationOf({ module, resolution, more }: Setting): object {
  return {
    compilerOptions: {
      module,
      moduleResolution: resolution,
      target: 'es2022',
      lib: ['es2023'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      esModuleInterop: true,
      outDir: 'out',
      // Koa's types mean the types of content-disposition 1, and beside Express 5 they find those of 2.
      paths: { 'content-disposition': ['../node_modules/@types/content-disposition'] },
      ...more?.options,
    },
    files: ['uses.ts', 'wrong.ts'],
  }
}
