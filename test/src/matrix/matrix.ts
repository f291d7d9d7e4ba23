import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { type Cell, namesOf } from './cell.js'
import { killAll } from './command.js'
import { nodeOf } from './project/nodes.js'
import { Projects } from './project/projects.js'
import { packInto } from './project/tarballs.js'
import { withVersions } from './project/versions.js'
import type { Result } from './report/result.js'

/** Runs cells, a few at a time, in throwaway projects that are gone afterwards, unless they are kept. */
export async function runCells(
  cells: readonly Cell[],
  {
    keep,
    told,
    signal,
  }: { readonly keep: boolean; told(result: Result): void; readonly signal: AbortSignal },
): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-matrix-'))
  try {
    const projects = new Projects(folder, await packInto(folder))
    const limited = pLimit(Math.max(2, availableParallelism()))
    signal.addEventListener('abort', () => void killAll())
    return await limited.map(cells, async (cell) => {
      if (signal.aborted) return interrupted(cell)
      const result = await resultOf(cell, projects)
      told(result)
      return result
    })
  } finally {
    if (keep) console.error(`kept: ${folder}`)
    else await rm(folder, { recursive: true, maxRetries: 3 })
  }
}

function interrupted(cell: Cell): Result {
  return { cell, names: namesOf(cell), seconds: 0, failure: 'it was not run' }
}

async function resultOf(cell: Cell, projects: Projects): Promise<Result> {
  let began = performance.now()
  let names = namesOf(cell)
  try {
    const [project, node] = await Promise.all([projects.of(cell.project), nodeOf(cell.node)])
    names = await withVersions(names, project)
    began = performance.now()
    await cell.run({ project, node, folder: await projects.folderIn(cell.project) })
    return { cell, names, seconds: secondsSince(began) }
  } catch (error) {
    return { cell, names, seconds: secondsSince(began), failure: String(error) }
  }
}

function secondsSince(began: number): number {
  return Math.round(performance.now() - began) / 1000
}
