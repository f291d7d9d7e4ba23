import type { Reach } from './channel/subject.js'
import { limitsOf, nearly, type SeenLimits } from './limits.js'
import { say } from './say.js'
import type { Seen } from './seen.js'

/** What the findings mean for load behind a layer-4 balancer, in two sentences. */
export interface Verdict {
  readonly level: 'fine' | 'bad' | 'unknown'
  readonly sentences: readonly [string, string]
}

/** The verdict on a server: that of the protocol by which it does worst. */
export function verdictOf(seens: readonly Seen[], reach: Reach): Verdict {
  const verdicts = seens.map((seen) => verdictByOne(seen, reach))
  const worst = (['bad', 'unknown', 'fine'] as const)
    .map((level) => verdicts.find((verdict) => verdict.level === level))
    .find((verdict) => verdict !== undefined)
  return worst ?? unknown
}

const unknown: Verdict = {
  level: 'unknown',
  sentences: [
    'It was not looked at for long enough to know whether connections end.',
    'Let the command run to its end, or give it less to do with --requests and --for.',
  ],
}

const busy: Verdict = {
  level: 'unknown',
  sentences: [
    'The server is busy or limits the rate: it answers 503, and not to one connection alone.',
    'Name another path to know whether connections end.',
  ],
}

function verdictByOne({ keepAlive, requests, age }: Seen, reach: Reach): Verdict {
  if (!keepAlive.isKept) {
    return {
      level: keepAlive.saidLast ? 'fine' : 'bad',
      sentences: [
        'Every request opens a connection of its own, so a layer-4 balancer spreads requests as it spreads connections.',
        keepAlive.saidLast
          ? 'Each of them pays for a handshake, which keep-alive with a limit would save.'
          : 'But the server does not say that it closes, and clients that keep connections lose requests.',
      ],
    }
  }
  const limits = limitsOf(requests ?? [], age)
  if (limits.end !== undefined) return verdictOnLimits(limits)
  if ([...(requests ?? []), ...(age?.connections ?? [])].some(({ isBusy }) => isBusy)) return busy
  if (requests === undefined || requests.some(({ requests }) => requests < reach.requests)) return unknown
  if (age === undefined || age.watched < reach.duration * nearly) return unknown
  return {
    level: 'bad',
    sentences: [
      `Nothing ends a connection within ${reach.requests} requests or ${say(reach.duration)}: behind a layer-4 balancer a client stays with the server that it met first.`,
      'Load stays where connections are old, and a server that is added gets next to none until clients reconnect.',
    ],
  }
}

function verdictOnLimits({ count, age, end }: SeenLimits): Verdict {
  const limit = [
    ...(count === undefined ? [] : [`${count.most} requests`]),
    ...(age === undefined ? [] : [say(age.most)]),
  ].join(' or ')
  if (end === 'refused') {
    return {
      level: 'bad',
      sentences: [
        `A connection gets only 503 after ${limit}, so clients have to open another one to be served.`,
        'But no response says that it is the last, and each limit costs a request.',
      ],
    }
  }
  if (end !== 'said') {
    return {
      level: 'bad',
      sentences: [
        `A connection ends after ${limit}, so a layer-4 balancer chooses a server for it again and again.`,
        'But the server ends it without saying so first, and each end can cost a request.',
      ],
    }
  }
  return {
    level: 'fine',
    sentences: [
      `A connection ends politely after at most ${limit}, so a layer-4 balancer chooses a server for it again and again.`,
      count === undefined
        ? 'Load follows a server that is added within that time.'
        : `At 10 requests per second on a connection that is every ${say(count.most * 100)}: the time in which load follows a server that is added.`,
    ],
  }
}
