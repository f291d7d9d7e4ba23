import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { limit } from '../serving/wire.js'

export type Change = (text: string) => string

/** A program of a project as a cell runs it, beside the original, where it finds the same modules. */
export async function programIn(project: string, file: string, ...changes: Change[]): Promise<string> {
  const text = await readFile(join(project, file), 'utf8')
  const changed = [withLimit, ...changes].reduce((so, change) => change(so), text)
  const form = /^(?:import|export) /m.test(changed) ? 'mjs' : 'cjs'
  written += 1
  const name = `${file.replace(/\.\w+$/, '')}-${written}.${form}`
  await writeFile(join(project, name), changed)
  return name
}

let written = 0

/** The programs stand in the docs as they are: a user's limit, which no test has to reach, becomes a small one. */
export function withLimit(text: string): string {
  return text.replaceAll('maxRequestsPerConnection: 200', `maxRequestsPerConnection: ${limit}, jitter: 0`)
}

/** The same program as a CommonJS module. */
export function required(text: string): string {
  return text
    .replaceAll(/^import '(.+)'$/gm, "require('$1')")
    .replaceAll(/^import (.+) from '(.+)'$/gm, "const $1 = require('$2')")
}

/** The same program without its lines of Even Keel: what `auto` is for. */
export function bare(text: string): string {
  return text.replaceAll(/^.*(?:evenkeel|attach\().*\n/gm, '')
}
