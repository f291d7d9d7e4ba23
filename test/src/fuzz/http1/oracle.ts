import { dateless } from './compare.js'
import type { Transcript } from './play.js'
import { parse, type Response } from './responses.js'
import type { Script } from './script.js'

/** The events by which the application is given work, with the number of each request. */
export function executed({ seen }: Transcript): string[] {
  return seen.filter((line) => /^(runs|upgrade|connect) /.test(line))
}

/**
 * What is wrong with what a limited server said, given what a bare one says to the same; undefined if nothing is. Up to
 * the marked response both say the same, and nothing behind that was executed.
 */
export function judge(script: Script, bare: Transcript, ours: Transcript): string | undefined {
  const [theirs, mine] = [responsesOf(script, bare), responsesOf(script, ours)]
  const at = mine.findIndex((_, index) => isMarked(mine, theirs, index))
  const executions = executed(ours)
  const others = executed(bare)
  const common = others.filter((line) => executions.includes(line))
  if (common.join('\n') !== executions.join('\n')) return 'executed something else'
  const last = mine[at]
  if (last === undefined) return sameWithoutMark(script, bare, ours)
  for (const [index, response] of mine.slice(0, at).entries())
    if (!isEqual(response, theirs[index])) return `response ${index} is another one`
  const expected = theirs[at]
  if (last.head !== expected?.head || !sameBody(script, last, expected))
    return `the marked response is another one`
  const options = expected.connection.filter((option) => !['keep-alive', 'close', ''].includes(option))
  if (last.connection.join() !== [...options, 'close'].join()) return `the mark is ${last.connection}`
  if (!mine.slice(at + 1).every((response, index) => isRefusal(response, theirs[at + 1 + index])))
    return 'something was said behind the mark'
  if (last.number === undefined) return 'a response of Node is marked'
  if (executions.some((line) => numberOf(line) > Number(last.number)))
    return 'something was executed behind the mark'
  if (ours.ended !== 'fin' && !isLeft(script) && bare.ended === 'fin')
    return `the mark is followed by ${ours.ended}`
  return undefined
}

/** The number of a request; the order on the wire, in which they need not be executed. A tunnel's has none. */
export function numberOf(line: string): number {
  return Number(/^\w+ \S*\/(\d+)/.exec(line.replace(/^runs /, ''))?.[1] ?? 0)
}

/** Beyond the limit nothing was executed, and the response that reaches it ends the connection. */
export function judgeLimit(script: Script, limit: number, ours: Transcript): string | undefined {
  const requests = executed(ours).filter((line) => line.startsWith('runs '))
  if (requests.length > limit) return `${requests.length} requests were executed, the limit is ${limit}`
  // What came without a number of its own cannot be told from others.
  if (requests.length < limit || requests.some((line) => !/\/\d+$/.test(line))) return undefined
  const number = Math.max(...requests.map(numberOf))
  const mine = responsesOf(script, ours)
  const at = mine.findIndex((response) => response.number === String(number) && response.status >= 200)
  if (at === -1 || mine[at]?.connection.includes('close')) return undefined
  return at < mine.length - 1 ? 'the limit is reached and not said' : undefined
}

function sameWithoutMark(script: Script, bare: Transcript, ours: Transcript): string | undefined {
  const [a, b] = [dateless(ours.received), dateless(bare.received)]
  if ((isLeft(script) || isUnread(script, ours)) && (a.startsWith(b) || b.startsWith(a))) return undefined
  if (a !== b) return 'bytes, without a mark'
  return ours.ended === bare.ended
    ? undefined
    : `the end, without a mark: ${ours.ended} instead of ${bare.ended}`
}

/** The marked request's own body can be broken, which Node or the application answers as on a bare server. */
function isRefusal(response: Response, bare: Response | undefined): boolean {
  return response.status === 400 && response.number === undefined && isEqual(response, bare)
}

/** Ours ends the connection here, and a bare server does not: it keeps it, or says more behind. */
function isMarked(mine: readonly Response[], theirs: readonly Response[], index: number): boolean {
  const response = mine[index]
  if (response === undefined || response.status < 200 || !response.connection.includes('close')) return false
  if (!theirs[index]?.connection.includes('close')) return true
  return index === mine.length - 1 && index < theirs.length - 1
}

/** Who goes away may get less, or more than on a bare server, which drops what is under way at an error behind it. */
function sameBody(script: Script, a: Response, b: Response): boolean {
  if (a.body === b.body) return a.complete === b.complete
  return isLeft(script) && (a.body.startsWith(b.body) || b.body.startsWith(a.body))
}

function isEqual(a: Response, b: Response | undefined): boolean {
  return a.head === b?.head && a.body === b.body && a.connection.join() === b.connection.join()
}

/** Whoever sends behind Node's own close is reset, and loses what it has not read. */
function isUnread({ steps }: Script, { ended }: Transcript): boolean {
  return ended === 'reset' && steps.some(({ kind }) => kind === 'pause')
}

/** The client was told that it is the end, or has lost that unread, or the application has ended the socket. */
export function endsItself(script: Script, ours: Transcript): boolean {
  const says = responsesOf(script, ours).some(({ connection }) => connection.includes('close'))
  const isCut = executed(ours).some((line) => /\/(destroy-[a-z]+|end-socket)\//.test(line))
  return says || isCut || isUnread(script, ours) || isLeft(script)
}

/** The client goes away before the end of the script. */
export function isLeft({ steps }: Script): boolean {
  return steps.some(({ kind }) => kind === 'end' || kind === 'reset')
}

export function responsesOf({ steps }: Script, { received }: Transcript): Response[] {
  const heads = new Set<string>()
  let number = 0
  for (const step of steps) {
    if (step.kind !== 'send') continue
    if (step.message.kind === 'request' && step.message.method === 'HEAD') heads.add(String(number))
    number++
  }
  return parse(dateless(received), (wanted) => heads.has(wanted))
}
