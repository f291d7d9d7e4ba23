import { CouldNotRun } from '../command/could-not-run.js'
import type { Protocol } from './channel/channel.js'
import type { Subject } from './channel/subject.js'
import type { Check } from './findings/finding.js'
import { countLimitOf, surelyBelow } from './limits.js'
import { probeAge } from './probes/age.js'
import { findCounter } from './probes/counter.js'
import { probeGoaway } from './probes/goaway.js'
import { type Idle, leaveIdle, probeIdle } from './probes/idle.js'
import { probeKeepAlive } from './probes/keep-alive.js'
import { probePipeline } from './probes/pipeline.js'
import { probeRequests } from './probes/requests.js'
import { probeUpload } from './probes/upload.js'
import type { Seen } from './seen.js'

/** What an examination tells of on its way, and what it is told. */
export interface Course {
  readonly uploadMethod: string
  /** Told of each answer to the probe of the limit on requests. */
  readonly onAnswer: () => void
  /** Told when all that is left is to wait. */
  readonly onWait: () => void
}

/** A server that has been looked at, but for what takes its time. */
export interface Look {
  readonly seen: Seen
  /** Waits for what takes its time. */
  finish(): Promise<void>
}

/** Looks at a server by one protocol: first what is quick, one behind the other, while connections wait idle. */
export async function look(subject: Subject, course: Course): Promise<Look> {
  const seen: Seen = { protocol: subject.protocol, keepAlive: await probeKeepAlive(subject), failed: [] }
  const attempt = attempts(subject, seen)
  if (!seen.keepAlive.isKept) {
    await attempt('upload', (part) => lookAtUploads(part, course, seen))
    return { seen, finish: async () => {} }
  }
  let idle: readonly Idle[] | undefined
  await attempt('idle timeout', async (part) => {
    idle = await leaveIdle(part)
  })
  await attempt('requests', async (part) => {
    seen.requests = await probeRequests(part, course.onAnswer)
  })
  await attempt(subject.protocol === 'http/1' ? 'pipelining' : 'goaway', (part) => lookAtEnds(part, seen))
  await attempt('upload', (part) => lookAtUploads(part, course, seen))
  return {
    seen,
    finish: async () => {
      await Promise.all([
        idle && probeIdle(idle, subject).then((found) => Object.assign(seen, { idle: found })),
        attempt('age', async (part) => {
          const below = surelyBelow(countLimitOf(seen.requests ?? [])) - 1
          const promise = seen.keepAlive.hint?.timeout ?? Number.POSITIVE_INFINITY
          seen.age = await probeAge(part, below, promise)
        }),
      ])
    },
  }
}

/** Requests that are under way when a connection ends. */
async function lookAtEnds(subject: Subject, seen: Seen): Promise<void> {
  if (speaks(subject, 'http/2')) {
    const goaway = await probeGoaway(subject)
    if (!subject.signal.aborted) seen.goaway = goaway
  } else if (speaks(subject, 'http/1')) {
    if (seen.requests?.some(({ isBusy }) => isBusy)) {
      throw new CouldNotRun('the server is busy or limits the rate', 'name another path')
    }
    const counter = await findCounter(subject)
    const pipeline = await probePipeline(subject, countLimitOf(seen.requests ?? []), counter)
    if (!subject.signal.aborted) seen.pipeline = pipeline
  }
}

async function lookAtUploads(subject: Subject, { uploadMethod }: Course, seen: Seen): Promise<void> {
  if (!speaks(subject, 'http/1')) return
  const uploads = await probeUpload(subject, uploadMethod, countLimitOf(seen.requests ?? []))
  if (!subject.signal.aborted) seen.uploads = uploads
}

function speaks<Spoken extends Protocol>(subject: Subject, protocol: Spoken): subject is Subject<Spoken> {
  return subject.protocol === protocol
}

/** A probe that fails takes nothing from the others, and leaves nothing open. None begins when the command is to end. */
function attempts(subject: Subject, seen: Seen) {
  return async (check: Check, work: (part: Subject) => Promise<void>): Promise<void> => {
    if (subject.signal.aborted) return
    const part = subject.part()
    try {
      await work(part)
    } catch (error) {
      part.close()
      if (subject.signal.aborted) return
      if (!(error instanceof CouldNotRun)) throw error
      seen.failed.push({ check, why: error.message })
    }
  }
}
