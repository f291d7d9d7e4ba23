import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { environmentOf, run } from '../command.js'
import type { Tarballs } from './tarballs.js'

const templates = join(import.meta.dirname, '..', '..', '..', 'matrix')
const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']

interface Manifest {
  readonly scripts?: { readonly build?: string }
  /** The project whose files it takes: of its own it has this manifest alone. */
  readonly filesOf?: string
  dependencies: Readonly<Record<string, string>>
}

/** Throwaway projects, each made once, when the first cell needs it: the files and the manifest of `test/matrix/NAME`. */
export class Projects {
  readonly #folder: string
  readonly #tarballs: Tarballs
  readonly #made = new Map<string, Promise<string>>()

  constructor(folder: string, tarballs: Tarballs) {
    this.#folder = folder
    this.#tarballs = tarballs
  }

  /** Its path, when it is installed and built. */
  of(name: string): Promise<string> {
    const project = this.#made.get(name) ?? this.#make(name)
    this.#made.set(name, project)
    return project
  }

  /** A new folder within a project. */
  async folderIn(name: string): Promise<string> {
    return mkdtemp(join(await this.of(name), 'cell-'))
  }

  async #make(name: string): Promise<string> {
    const project = join(this.#folder, name)
    await mkdir(project)
    const manifest: Manifest = JSON.parse(await readFile(join(templates, name, 'package.json'), 'utf8'))
    const { filesOf = name } = manifest
    await cp(join(templates, filesOf), project, { recursive: true })
    manifest.dependencies = this.#withTarballs(manifest.dependencies)
    await writeFile(join(project, 'package.json'), JSON.stringify(manifest, undefined, 2))
    await run('npm', install, project, process.env)
    const environment = environmentOf({ project, node: process.execPath })
    if (manifest.scripts?.build !== undefined) await run('npm', ['run', 'build'], project, environment)
    return project
  }

  /** No registry has the packages: those that they need of each other come from tarballs, too. */
  #withTarballs(dependencies: Manifest['dependencies']): Manifest['dependencies'] {
    if (!Object.keys(dependencies).some((name) => this.#tarballs.has(name))) return dependencies
    const needed = ['@evenkeel/core', '@evenkeel/node', ...Object.keys(dependencies)]
    const local = needed.flatMap((name) => {
      const tarball = this.#tarballs.get(name)
      return tarball === undefined ? [] : [[name, `file:${tarball}`] as const]
    })
    return { ...dependencies, ...Object.fromEntries(local) }
  }
}
