import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cell, Place } from '../cell.js'
import { environmentOf, run } from '../command.js'

const libraries = ['core', 'node', 'express', 'koa', 'fastify', 'fleet', 'prometheus', 'inspector'].map(
  (name) => `@evenkeel/${name}`,
)

// Alerts are a file for Prometheus, which no program imports; and nobody imports the command.
const tools = [
  { tool: 'publint', dependency: 'publint', packages: [...libraries, 'evenkeel'], args: ['--strict'] },
  {
    tool: 'attw',
    dependency: '@arethetypeswrong/cli',
    packages: libraries,
    args: ['--profile', 'strict', '--format', 'ascii', '--exclude-entrypoints', 'alerts.yml', '--'],
  },
]

/** What checks a package as it would be published, on each tarball. */
export const packageCells: readonly Cell[] = tools.flatMap(({ tool, dependency, packages, args }) =>
  packages.map((name) => ({
    area: 'packages' as const,
    subject: name,
    setting: `${tool} {${dependency}}`,
    node: '20' as const,
    project: 'tools',
    run: async (place: Place): Promise<void> => {
      const tarball = await tarballOf(place, name)
      await run(tool, [...args, tarball], place.project, environmentOf(place))
    },
  })),
)

async function tarballOf({ project }: Place, name: string): Promise<string> {
  const folder = dirname(project)
  const ofVersion = new RegExp(`^${name.replace('@', '').replace('/', '-')}-\\d.*\\.tgz$`)
  const found = (await readdir(folder)).find((file) => ofVersion.test(file))
  if (found === undefined) throw new Error(`no tarball of ${name} in ${folder}`)
  return join(folder, found)
}
