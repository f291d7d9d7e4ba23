import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cell, Place } from '../cell.js'
import { environmentOf, run } from '../command.js'

const packages = ['core', 'node', 'express', 'koa', 'fastify', 'fleet', 'prometheus', 'inspector']

// Alerts are a file for Prometheus: no program imports it.
const tools = [
  { tool: 'publint', dependency: 'publint', args: ['--strict'] },
  {
    tool: 'attw',
    dependency: '@arethetypeswrong/cli',
    args: ['--profile', 'strict', '--format', 'ascii', '--exclude-entrypoints', 'alerts.yml', '--'],
  },
]

/** What checks a package as it would be published, on each tarball. */
export const packageCells: readonly Cell[] = tools.flatMap(({ tool, dependency, args }) =>
  packages.map((name) => ({
    area: 'packages' as const,
    subject: `@evenkeel/${name}`,
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
  const found = (await readdir(folder)).find((file) => file.startsWith(`evenkeel-${name}-`))
  if (found === undefined) throw new Error(`no tarball of @evenkeel/${name} in ${folder}`)
  return join(folder, found)
}
