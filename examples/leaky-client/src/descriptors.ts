import { spawnSync } from 'node:child_process'

const known = process.platform !== 'win32'

/** The most file descriptors that a process started here may have; `Infinity` where nobody says. */
export function descriptorLimit(): number {
  if (!known) return Infinity
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })
  const limit = Number(stdout)
  return limit > 0 ? limit : Infinity
}

/** A command line that runs another with so many file descriptors, where the system can limit them. */
export function withDescriptors(count: number, line: readonly string[]): readonly string[] {
  // Both limits, the soft and the hard one: Node raises the soft limit to the hard one when it starts.
  return known ? ['sh', '-c', 'ulimit -n "$0" && exec "$@"', String(count), ...line] : line
}
