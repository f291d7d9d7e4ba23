/** What is tried on the packed packages, each in an area of the table. */
export type Area = 'forms' | 'typescript' | 'runners' | 'bundles' | 'frameworks' | 'packages'

export const nodes = ['20', '22', '24', '26'] as const
export type NodeVersion = (typeof nodes)[number]

/** Where a cell runs. */
export interface Place {
  /** A project in which everything is installed. */
  readonly project: string
  /** The binary of the Node version that the cell asks for. */
  readonly node: string
  /** A new, empty folder within the project, for what this cell writes. */
  readonly folder: string
}

/**
 * One thing that has to hold, and where in the table it stands. In what the table shows, `{dependency}` becomes the
 * version of it that is installed in the project.
 */
export interface Cell {
  readonly area: Area
  /** A framework, a package, a tool. */
  readonly subject: string
  /** How the program reaches the package: `require`, `import`, `auto`, … */
  readonly form?: string
  /** What the compiler or the bundler is told. */
  readonly setting?: string
  readonly runner?: string
  readonly node: NodeVersion
  /** A folder of `test/matrix`. */
  readonly project: string
  /** Rejects, with all output of what failed, if the cell does not hold. */
  run(place: Place): Promise<void>
}

/** The words of a cell that choose it on the command line. */
export function wordsOf({ area, subject, form, setting, runner, node }: Cell): string {
  return [area, subject, form, setting, runner, `node${node}`].join(' ').toLowerCase()
}

/** What a cell is called, part by part. */
export function namesOf({ area, subject, form = '', setting = '', runner = '' }: Cell): Names {
  return { area, subject, form, setting, runner }
}

export type Names = Readonly<Record<'area' | 'subject' | 'form' | 'setting' | 'runner', string>>
