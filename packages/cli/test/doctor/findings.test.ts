import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Peer } from '@evenkeel/core'
import { judgeGoaway } from '#cli/doctor/findings/goaway'
import { judgeHint } from '#cli/doctor/findings/hint'
import { judgeIdle } from '#cli/doctor/findings/idle'
import { judgeKeepAlive } from '#cli/doctor/findings/keep-alive'
import { judgeAge, judgeRequests } from '#cli/doctor/findings/limits'
import { judgePipelining } from '#cli/doctor/findings/pipelining'
import { judgeUpload } from '#cli/doctor/findings/upload'
import { limitsOf } from '#cli/doctor/limits'
import type { IdleSeen } from '#cli/doctor/probes/idle'
import type { End } from '#cli/doctor/probes/requests'
import { busy, slowly, thrice, used } from './used.js'

const keepAlive = (isKept: boolean, saidLast: boolean, hint?: { timeout?: number; max?: number }) => ({
  status: 200,
  server: undefined,
  connection: undefined,
  isKept,
  saidLast,
  hint,
})

/** Idle connections that ended after these times, in milliseconds. */
const idle = (watched: number, ...afters: (number | undefined)[]): IdleSeen => ({
  watched,
  connections: afters.map((after) => ({
    after,
    how: after === undefined ? undefined : 'fin',
    saidLast: false,
  })),
})

describe('keep-alive is', () => {
  for (const [isKept, saidLast, level] of [
    [true, false, 'fine'],
    [false, true, 'note'],
    [false, false, 'bad'],
  ] as const) {
    it(`${level} where a second answer ${isKept ? 'came' : `did not come, and the end was ${saidLast ? '' : 'not '}told`}`, () =>
      assert.equal(judgeKeepAlive(keepAlive(isKept, saidLast)).level, level))
  }
})

it('keep-alive is a note where the status is 300 or more', () => {
  for (const [status, level] of [
    [204, 'fine'],
    [301, 'note'],
    [404, 'note'],
    [503, 'note'],
  ] as const) {
    const found = judgeKeepAlive({ ...keepAlive(true, false), status })
    assert.equal(found.level, level)
    assert.equal(found.cure, level === 'fine' ? undefined : 'name a path that answers 200')
  }
})

describe('a Keep-Alive header of 5 s is', () => {
  for (const [seen, level, verdict] of [
    [undefined, 'unknown', /not waited for/],
    [idle(3_000, undefined, undefined), 'unknown', /not known after 3\.0 s/],
    [idle(8_000, undefined, undefined), 'fine', /honest: still open 3\.0 s later/],
    [idle(8_000, 6_000, 6_010), 'fine', /with a margin of 1\.0 s/],
    [idle(8_000, 5_000, 6_000), 'note', /no margin/],
    [idle(8_000, 4_960, 6_000), 'note', /no margin/],
    [idle(8_000, 3_000, 6_000), 'bad', /closed 2\.0 s earlier/],
  ] as const) {
    const ends = seen?.connections.map(({ after }) => after ?? 'never').join(' and ') ?? 'nothing'
    it(`${level} where ${ends} was seen in ${seen?.watched ?? 0} ms`, () => {
      const found = judgeHint(keepAlive(true, false, { timeout: 5_000 }), seen)
      assert.equal(found.level, level)
      assert.match(found.verdict, verdict)
    })
  }
})

describe('an idle timeout', () => {
  for (const [seen, behind, level, verdict] of [
    [idle(90_000, 5_000, 5_100), undefined, 'bad', /^requests get lost behind every known peer$/],
    [idle(90_000, 60_000), undefined, 'bad', /behind every known peer/],
    [
      idle(90_000, 65_000),
      undefined,
      'note',
      /lost behind cloudflare, envoy, gcp, go, traefik; not behind aws-alb, nginx$/,
    ],
    [idle(90_000, 65_000), 'aws-alb', 'fine', /not behind aws-alb/],
    [idle(90_000, 65_000), 'go', 'bad', /lost behind .*go/],
    [idle(90_000, 65_000), 'aws-nlb', 'fine', /not behind aws-alb/],
    [idle(400_000, 355_000), 'aws-nlb', 'bad', /lost behind .*aws-nlb, azure; not behind/],
    [idle(400_000, undefined), 'aws-nlb', 'bad', /^long enough behind/],
    [idle(300_000, undefined), 'aws-nlb', 'unknown', /^long enough behind/],
    [idle(7_200_000, 3_605_000), undefined, 'note', /^requests get lost behind aws-nlb, azure; not behind/],
    [idle(90_001, undefined), undefined, 'fine', /^long enough behind aws-alb, go, nginx, traefik$/],
    [idle(90_001, undefined), 'nginx', 'fine', /^long enough behind/],
    [idle(90_001, undefined), 'gcp', 'unknown', /^long enough behind/],
    [idle(3_000, undefined), undefined, 'unknown', /^no idle timeout so far$/],
  ] as const) {
    it(`of ${seen.connections[0]?.after ?? 'no end'}, watched for ${seen.watched} ms, is ${level} behind ${behind ?? 'what is not known'}`, () => {
      const found = judgeIdle(seen, behind as Peer | undefined, seen.watched)
      assert.equal(found.level, level)
      assert.match(found.verdict, verdict)
    })
  }
})

describe('a limit on requests', () => {
  for (const [end, level] of [
    ['said', 'note'],
    ['silent', 'bad'],
    ['refused', 'bad'],
    [undefined, 'note'],
  ] as readonly [End | undefined, string][]) {
    it(`of 200 for every connection is ${level} where the end is ${end}`, () => {
      const quick = thrice(used(200, end, 300))
      assert.equal(judgeRequests(quick, limitsOf(quick, undefined), 200).level, level)
    })
  }

  it('is unknown where 503 came behind 9 and 12 requests, not to one connection alone', () => {
    const quick = [busy(9), busy(12), used(2_000, undefined, 3_000)]
    const found = judgeRequests(quick, limitsOf(quick, undefined), 200)
    assert.equal(found.level, 'unknown')
    assert.match(found.seen, /^answers 503 behind 9 to 12 requests, not to one connection alone$/)
    assert.match(found.verdict, /^the server is busy or limits the rate/)
  })

  it('that each connection draws is fine', () => {
    const quick = [used(163, 'said', 300), used(200, 'said', 300)]
    const found = judgeRequests(quick, limitsOf(quick, undefined), 200)
    assert.equal(found.level, 'fine')
    assert.match(found.seen, /^response 163 to 200 says/)
  })

  it('is told to leave connections open where nobody closes them', () => {
    const quick = [{ ...used(200, 'said', 300), how: undefined }]
    assert.match(judgeRequests(quick, limitsOf(quick, undefined), 200).verdict, /^polite, and left open/)
  })
})

describe('a limit on age', () => {
  const quick = thrice(used(20, 'said', 30))
  for (const [slow, level, seen] of [
    [
      slowly(90_000, used(67, 'said', 60_300, 59_400)),
      'unknown',
      /^ended by their number of requests \(20\)/,
    ],
    [
      slowly(90_000, used(15, 'said', 60_300, 59_400)),
      'fine',
      /^a response says .* at an age of 59 s to 60 s$/,
    ],
    [slowly(90_000, used(15, 'silent', 60_300, 59_400)), 'bad', /^closed without a word at an age of/],
    [slowly(90_000, used(15, undefined, 90_000)), 'note', /^in use for 90 s, not ended$/],
  ] as const) {
    it(`is ${level} where ${slow.connections[0]?.requests} requests end with ${slow.connections[0]?.end}`, () => {
      const found = judgeAge(slow, limitsOf(quick, slow), 90_000)
      assert.equal(found.level, level)
      assert.match(found.seen, seen)
    })
  }
})

it('a limit on age is unknown where 503 came, not to one connection alone', () => {
  const slow = slowly(90_000, busy(9))
  assert.equal(judgeAge(slow, limitsOf([], slow), 90_000).level, 'unknown')
})

describe('pipelined requests', () => {
  const six = { sent: 6, answered: 1, refused: 0, saidLast: true, executed: undefined }
  for (const [seen, level, verdict] of [
    [{ ...six, answered: 6 }, 'fine', /^all answered$/],
    [six, 'unknown', /behind a response that says close/],
    [{ ...six, saidLast: false }, 'unknown', /^nobody knows/],
    [{ ...six, executed: 1 }, 'fine', /^those were not executed/],
    [{ ...six, executed: 4 }, 'bad', /^3 executed and never answered/],
    [{ ...six, executed: 60 }, 'unknown', /cannot be seen/],
    [{ ...six, refused: 5 }, 'note', /^an error for clients/],
    [{ ...six, refused: 2, executed: 3 }, 'bad', /^2 executed and never answered/],
  ] as const) {
    it(`are ${level} where of 6 ${seen.answered} were answered, ${seen.refused} refused, ${seen.executed ?? 'unknown'} executed`, () => {
      const found = judgePipelining(seen)
      assert.equal(found.level, level)
      assert.match(found.verdict, verdict)
    })
  }
})

describe('an upload', () => {
  const taken = {
    isLast: false,
    status: 200,
    isEarly: true,
    wasReset: false,
    saidLast: false,
    isClosed: false,
  }
  for (const [seen, level, said] of [
    [taken, 'fine', /^200 while the client still sends$/],
    [{ ...taken, isEarly: false }, 'fine', /^200 when all was sent$/],
    [{ ...taken, saidLast: true, isClosed: true }, 'fine', /then closed$/],
    [{ ...taken, saidLast: true }, 'note', /says close and stays open$/],
    [{ ...taken, wasReset: true, isClosed: true }, 'note', /then cut$/],
    [
      { ...taken, status: undefined, wasReset: true },
      'bad',
      /^cut while the client sends, without an answer$/,
    ],
    [{ ...taken, status: undefined, isClosed: true }, 'bad', /^ended without an answer$/],
  ] as const) {
    it(`is ${level}: ${said.source}`, () => {
      const found = judgeUpload(seen)
      assert.equal(found.level, level)
      assert.match(found.seen, said)
    })
  }
})

describe('a session that ends', () => {
  for (const [refused, lost, level] of [
    [0, 0, 'fine'],
    [3, 0, 'note'],
    [3, 1, 'bad'],
  ] as const) {
    it(`is ${level} where ${refused} streams are refused and ${lost} lost`, () =>
      assert.equal(
        judgeGoaway({ sent: 40, answered: 40 - refused - lost, refused, lost, saidLast: true }).level,
        level,
      ))
  }
})

describe('what was stopped before all was seen is unknown:', () => {
  it('an idle timeout not met in 91 of 120 s', () =>
    assert.equal(judgeIdle(idle(91_000, undefined), undefined, 120_000).level, 'unknown'))

  it('a limit on requests not met in 199 of 200', () => {
    const quick = thrice(used(199, undefined, 300))
    assert.equal(judgeRequests(quick, limitsOf(quick, undefined), 200).level, 'unknown')
  })

  it('a limit on age not met in 40 of 90 s', () => {
    const slow = slowly(40_000, used(15, undefined, 40_000))
    assert.equal(judgeAge(slow, limitsOf([], slow), 90_000).level, 'unknown')
  })
})
