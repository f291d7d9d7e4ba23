import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { link } from '../../packed/project.js'
import { root } from '../pages.js'
import type { Block } from './block.js'
import { absent } from './given.js'
import { manifests, sourceOf } from './manifests.js'
import { type Module, modules } from './module.js'

/** The two forms in which a module is compiled, by the ending of its source, and what becomes of it. */
export const forms = { mts: 'mjs', cts: 'cjs' } as const
export type Form = keyof typeof forms

const options = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  // In a block of JavaScript parameters have no types.
  noImplicitAny: false,
  skipLibCheck: true,
  types: ['node'],
  rootDir: 'blocks',
  outDir: 'out',
}

/** All that is compiled. Modules come first, so that their numbers are those of their files. */
const sources: readonly { readonly block: Block; readonly source: string }[] = [
  ...modules,
  ...manifests.map((manifest) => ({ block: manifest.block, source: sourceOf(manifest) })),
]

/** The compiled file of a module. */
export function outputOf(project: string, module: Module, form: Form): string {
  return join(project, 'out', `block-${modules.indexOf(module)}.${forms[form]}`)
}

/**
 * Compiles every module in both forms, as a user's program, and every manifest of Kubernetes.
 *
 * @returns what the compiler complains about, by the place of the block.
 */
export async function compile(project: string): Promise<ReadonlyMap<string, readonly string[]>> {
  await linkThirdParties(project)
  await mkdir(join(project, 'blocks'))
  for (const [index, { source }] of sources.entries()) {
    for (const form of Object.keys(forms)) {
      await writeFile(join(project, 'blocks', `block-${index}.${form}`), source)
    }
  }
  const stubs = absent.map((name) => `declare module '${name}'\n`)
  await writeFile(join(project, 'blocks', 'absent.d.ts'), stubs.join(''))
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['blocks'] }),
  )
  return complaints(await tsc(project))
}

/** What blocks import of others is what the tests have installed. */
async function linkThirdParties(project: string): Promise<void> {
  const installed = join(root, 'test', 'node_modules')
  for (const name of await readdir(installed)) {
    if (name === '@evenkeel' || name.startsWith('.')) continue
    const packages = name.startsWith('@')
      ? (await readdir(join(installed, name))).map((each) => `${name}/${each}`)
      : [name]
    for (const each of packages) await link(project, each, join(root, 'test'))
  }
}

function tsc(project: string): Promise<string> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, '-p', project, '--pretty', 'false'],
      { cwd: project },
      (error, stdout) => {
        if (error !== null && stdout === '') reject(error)
        else resolve(stdout)
      },
    )
  })
}

function complaints(output: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const line of output.split('\n')) {
    const [, index, form, at, text] = /block-(\d+)\.(\wts)\((\d+),\d+\): error (.*)$/.exec(line) ?? []
    const block = sources[Number(index)]?.block
    if (block === undefined) {
      if (line.includes('error TS')) throw new Error(output)
      continue
    }
    const told = `${block.page.path}:${block.line + Number(at) - 2} as .${form}: ${text}`
    found.set(block.place, [...(found.get(block.place) ?? []), told])
  }
  return found
}
