import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { Cell } from './cell.js'
import { nodeOf } from './project/nodes.js'
import { Projects } from './project/projects.js'
import { packInto } from './project/tarballs.js'
import type { Result } from './report/result.js'

/** Runs cells, a few at a time, in throwaway projects that are gone afterwards, unless they are kept. */
export async function runCells(
  cells: readonly Cell[],
  { keep, told }: { readonly keep: boolean; told(result: Result): void },
): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-matrix-'))
  try {
    const projects = new Projects(folder, await packInto(folder))
    const limited = pLimit(Math.max(2, availableParallelism()))
    return await limited.map(cells, async (cell) => {
      const result = await resultOf(cell, projects)
      told(result)
      return result
    })
  } finally {
    if (keep) console.error(`kept: ${folder}`)
    else await rm(folder, { recursive: true, maxRetries: 3 })
  }
}

async function resultOf(cell: Cell, projects: Projects): Promise<Result> {
  let began = performance.now()
  let { subject } = cell
  try {
    const [project, node] = await Promise.all([projects.of(cell.project), nodeOf(cell.node)])
    const version = cell.versionOf === undefined ? '' : await versionIn(project, cell.versionOf)
    subject = `${subject} ${version}`.trim()
    began = performance.now()
    await cell.run({ project, node, folder: await projects.folderIn(cell.project) })
    return { cell, subject, seconds: secondsSince(began) }
  } catch (error) {
    return { cell, subject, seconds: secondsSince(began), failure: String(error) }
  }
}

async function versionIn(project: string, dependency: string): Promise<string> {
  const manifest = await readFile(join(project, 'node_modules', dependency, 'package.json'), 'utf8')
  return JSON.parse(manifest).version
}

function secondsSince(began: number): number {
  return Math.round(performance.now() - began) / 1000
}
