import { misbehaved } from '../transcript.js'
import { leaves, quiet, type Transcript } from './play.js'
import { goawaysOf, type Outcome, outcomeOf } from './received.js'
import { isAbrupt, isLeft, type Script } from './script.js'

/** What is wrong with what a limited server did, given what a bare one does with the same; undefined if nothing is. */
export function judge(script: Script, bare: Transcript, ours: Transcript): string | undefined {
  const found = misbehaved(bare, ours)
  if (found !== undefined) return found
  const [theirs, mine] = [executed(bare), executed(ours)]
  if (mine.some((id, index) => id !== theirs[index])) return 'executed something else'
  const last = lastOf(ours)
  // An application that says GOAWAY by itself says what it likes.
  const beyond = mine.filter((id) => id > last && id <= lastOf(bare))
  if (beyond.length > 0) return `streams ${beyond} were executed, GOAWAY said ${last}`
  if (bare.isGone && !ours.isGone) return 'the connection stays although its client has left'
  // A bare one that has ended by itself sees no more.
  if (isBroken(ours))
    return isBroken(bare) || bare.ended !== 'not at all'
      ? undefined
      : 'an error of the session that a bare server does not see'
  const missing = theirs.filter((id) => id <= last && !mine.includes(id) && !isRefused(ours, id))
  if (missing.length > 0 && !isAbrupt(script))
    return `streams ${missing} were not executed, GOAWAY said ${last}`
  for (const id of mine) {
    const [a, b] = [outcomeOf(ours.frames, id), outcomeOf(bare.frames, id)]
    const isCutShort = b.end === 'none' || isBroken(bare)
    if (!isAsGood(a, b, isCutShort, isAbrupt(script)))
      return `stream ${id} has another outcome: ${tell(a)} instead of ${tell(b)}`
  }
  const before = ours.seen.slice(0, ours.seen.indexOf(leaves))
  const isDone = mine.every((id) => before.some((line) => line.startsWith(`closed ${id} `)))
  if (last !== Infinity && isDone && !isLeft(script) && bare.isGone && ours.ended === 'not at all')
    return 'nothing is left to do behind the GOAWAY, and the session stays'
  return undefined
}

/** What came in a later read than the request that reaches the limit is not executed, and there is a GOAWAY. */
export function judgeLimit(script: Script, limit: number, ours: Transcript): string | undefined {
  const runs = executed(ours)
  const last = runs[limit - 1]
  if (last === undefined) return undefined
  const at = ours.seen.findIndex((line) => line.startsWith(`runs ${last} `))
  const behind = ours.seen.slice(ours.seen.indexOf(quiet, at)).filter((line) => line.startsWith('runs '))
  if (behind.length > 0 && ours.seen.indexOf(quiet, at) !== -1)
    return `the limit is ${limit}, and later ${behind.length} more were executed`
  const isOver = isLeft(script) || isBroken(ours) || ours.ended !== 'not at all'
  return isOver || lastOf(ours) !== Infinity ? undefined : 'the limit is reached, and there is no GOAWAY'
}

function executed({ seen }: Transcript): number[] {
  return seen.filter((line) => line.startsWith('runs ')).map((line) => Number(line.split(' ')[1]))
}

function lastOf({ frames }: Transcript): number {
  return Math.min(Infinity, ...goawaysOf(frames).map(({ last }) => last))
}

/** The session has ended with an error: the client has broken the protocol. */
function isBroken({ frames, seen }: Transcript): boolean {
  return (
    goawaysOf(frames).some(({ code }) => code !== 0) || seen.some((line) => line.startsWith('session error'))
  )
}

/** Its client knows that it was not processed. */
function isRefused({ frames }: Transcript, id: number): boolean {
  const { heads, end } = outcomeOf(frames, id)
  return heads.length === 0 && end === 'reset 7'
}

/** As on a bare server, or further: that one drops what is under way at an error behind it. */
function isAsGood(ours: Outcome, bare: Outcome, isCutShort: boolean, isAbrupt: boolean): boolean {
  if (tell(ours) === tell(bare)) return true
  if (isCutShort && isPrefix(bare, ours)) return true
  return isAbrupt && isPrefix(ours, bare)
}

function isPrefix(a: Outcome, b: Outcome): boolean {
  return b.body.startsWith(a.body) && a.heads.every((head, index) => head === b.heads[index])
}

function tell({ heads, body, end }: Outcome): string {
  return `${heads.join(' ')} ${body.replace(/(.)\1{60,}/g, (run, letter) => `${letter} x ${run.length}`)} ${end}`
}
