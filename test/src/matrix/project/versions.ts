import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Names } from '../cell.js'

const placeholder = /\{(.+?)\}/g

/** Puts the versions that are installed in a project into names that ask for them. */
export async function withVersions(names: Names, project: string): Promise<Names> {
  const entries = Object.entries(names).map(async ([part, name]) => {
    let text = name
    for (const [asked, dependency = ''] of name.matchAll(placeholder))
      text = text.replace(asked, await versionIn(project, dependency))
    return [part, text]
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function versionIn(project: string, dependency: string): Promise<string> {
  const manifest = await readFile(join(project, 'node_modules', dependency, 'package.json'), 'utf8')
  return JSON.parse(manifest).version
}
