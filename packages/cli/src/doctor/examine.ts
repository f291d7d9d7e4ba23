import { CouldNotRun } from '../command/could-not-run.js'
import type { Subject } from './channel/subject.js'
import { type Course, type Look, look } from './look.js'
import type { Seen } from './seen.js'

/**
 * Looks at a server by each protocol, as far as it speaks it. What is quick comes first, so that no probe disturbs
 * another; then all waits are together.
 *
 * @throws {CouldNotRun} where it speaks none of them: why the first failed.
 */
export async function examine(subjects: readonly Subject[], course: Course): Promise<Seen[]> {
  try {
    return await examineAll(subjects, course)
  } finally {
    // A connection that is left open keeps the process alive.
    for (const subject of subjects) subject.close()
  }
}

async function examineAll(subjects: readonly Subject[], course: Course): Promise<Seen[]> {
  const looks: Look[] = []
  let fault: CouldNotRun | undefined
  for (const subject of subjects) {
    try {
      looks.push(await look(subject, course))
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error
      fault ??= error
    }
  }
  if (looks.length === 0 && fault !== undefined) throw reason(fault, subjects)
  if (!subjects.some(({ signal }) => signal.aborted)) course.onWait()
  await Promise.all(looks.map(({ finish }) => finish()))
  return looks.map(({ seen }) => seen)
}

function reason(fault: CouldNotRun, subjects: readonly Subject[]): CouldNotRun {
  const isStopped = subjects.some(({ signal }) => signal.aborted)
  return isStopped
    ? new CouldNotRun('stopped before the server has answered', 'let it run for longer')
    : fault
}
