// Most files below these folders only compute: to start a process for each, and to load again what the others have
// loaded, takes more CPU than their tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const folders = [
  'bench',
  'examples/rebalance',
  'packages/cli',
  'packages/core',
  'packages/node',
  'test/dist/docs',
]

/**
 * Has the files of each of these folders run in one process, at the place of the first.
 *
 * @param alone files that are left as they are.
 */
export function together(files, alone) {
  const place = mkdtempSync(join(tmpdir(), 'evenkeel-tests-'))
  process.on('exit', () => rmSync(place, { recursive: true }))
  const groups = new Map()
  for (const file of files) {
    const folder = folders.find((each) => file.startsWith(join(each, '/')))
    const name = folder === undefined || alone.includes(file) ? file : folder
    groups.set(name, [...(groups.get(name) ?? []), file])
  }
  return [...groups].map(([name, members]) => {
    if (members.length === 1) return members[0]
    const joined = join(place, `${name.replaceAll(/\W/g, '-')}.test.mjs`)
    const lines = members.map((file) => `import ${JSON.stringify(pathToFileURL(resolve(file)).href)}\n`)
    writeFileSync(joined, lines.join(''))
    return joined
  })
}
