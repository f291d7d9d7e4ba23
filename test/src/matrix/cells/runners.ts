import { type Cell, type NodeVersion, nodes, type Place } from '../cell.js'
import { environmentOf, run } from '../command.js'

interface Runner {
  readonly runner: string
  readonly form: 'require' | 'import'
  readonly project: string
  readonly command: readonly string[]
  readonly on: readonly NodeVersion[]
}

const project = 'runners'
const runners: readonly Runner[] = [
  {
    runner: 'Jest {jest}',
    form: 'require',
    project,
    command: ['jest', '--rootDir', 'jest', '--no-cache'],
    on: nodes,
  },
  {
    runner: 'ts-jest {ts-jest}',
    form: 'require',
    project,
    command: ['jest', '--rootDir', 'ts-jest', '--config', 'ts-jest/jest.config.js', '--no-cache'],
    on: nodes,
  },
  {
    runner: 'Vitest {vitest}',
    form: 'import',
    project,
    command: ['vitest', 'run', '--dir', 'vitest'],
    on: nodes,
  },
  {
    runner: 'Vitest {vitest}',
    form: 'import',
    project: 'vitest5',
    command: ['vitest', 'run', '--dir', 'vitest'],
    // It runs on no older one.
    on: ['22', '24', '26'],
  },
  {
    runner: 'Mocha {mocha}',
    form: 'import',
    project,
    command: ['mocha', 'mocha/import.mjs'],
    on: nodes,
  },
  {
    runner: 'Mocha {mocha}',
    form: 'require',
    project,
    command: ['mocha', 'mocha/require.cjs'],
    on: nodes,
  },
]

/** A user's test: of two responses on a connection the second says close. It has to end by itself. */
export const runnerCells: readonly Cell[] = runners.flatMap(
  ({ runner, form, project, command: [file = '', ...args], on }) =>
    on.map((node) => ({
      area: 'runners' as const,
      subject: 'Express {express}',
      runner,
      form,
      node,
      project,
      run: async (place: Place): Promise<void> => {
        await run(file, args, place.project, environmentOf(place))
      },
    })),
)
