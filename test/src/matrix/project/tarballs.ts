import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../command.js'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** The packed packages: name to file. */
export type Tarballs = ReadonlyMap<string, string>

/** Packs every package into a folder, as it would be published. */
export async function packInto(folder: string): Promise<Tarballs> {
  const pack = ['-y', 'pnpm@12', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await run('npx', pack, root, process.env)
  const files = await readdir(folder)
  const tarballs = new Map<string, string>()
  for (const directory of await readdir(join(root, 'packages'))) {
    const manifest = JSON.parse(await readFile(join(root, 'packages', directory, 'package.json'), 'utf8'))
    const { name, version } = manifest as { name: string; version: string }
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    if (!files.includes(file)) throw new Error(`${name} ${version} was not packed: there is no ${file}`)
    tarballs.set(name, join(folder, file))
  }
  return tarballs
}
