import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { packInto } from '../matrix/project/tarballs.js'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')

/**
 * A folder with what `npm install` would put on a user's disk, and nothing of this workspace but third parties' packages
 * that ours ask for.
 */
export async function packedProject(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'evenkeel-packed-'))
  const tarballs = await packInto(project)
  await Promise.all([...tarballs].map(([name, tarball]) => unpack(project, name, tarball)))
  return project
}

async function unpack(project: string, name: string, tarball: string): Promise<void> {
  const target = join(project, 'node_modules', name)
  await mkdir(target, { recursive: true })
  await run('tar', ['xzf', tarball, '-C', target, '--strip-components=1'])
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    await readFile(join(target, 'package.json'), 'utf8'),
  )
  const folder = join(root, 'packages', name === 'evenkeel' ? 'cli' : name.replace('@evenkeel/', ''))
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (!dependency.startsWith('@evenkeel/')) await link(project, dependency, folder)
  }
}

/** Puts a package that a folder of this workspace has installed into the project too. */
export async function link(project: string, name: string, from: string): Promise<void> {
  const target = join(project, 'node_modules', name)
  await mkdir(dirname(target), { recursive: true })
  await symlink(join(from, 'node_modules', name), target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
