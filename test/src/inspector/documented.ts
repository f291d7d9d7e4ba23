import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', '..', 'packages', 'inspector')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

/** The names in the first column of the table under a heading of the package's README. */
export function documented(heading: string): string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.map((row) => row.split('|')[1]?.replaceAll('`', '').trim() ?? '')
}
