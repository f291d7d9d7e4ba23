import { nearly, type SeenLimits } from '../limits.js'
import type { AgeSeen } from '../probes/age.js'
import type { End, Used } from '../probes/requests.js'
import { plural, say, sayBetween } from '../say.js'
import type { Said } from './finding.js'

const cures: Record<End, string> = {
  said: 'draw each connection its own limit (jitter)',
  silent: 'let the last response say Connection: close (HTTP/2: GOAWAY)',
  refused: 'let the last response say Connection: close, so that no request comes behind it',
}

const busy = {
  verdict: 'the server is busy or limits the rate, so a limit cannot be seen',
  cure: 'name another path, or ask when it is quiet',
}

/**
 * Judges how a server limits the requests of a connection.
 *
 * @param asked how many each was to get.
 */
export function judgeRequests(quick: readonly Used[], { count }: SeenLimits, asked: number): Said {
  const check = 'requests'
  const served = quick.map(({ requests }) => requests)
  const ended = quick.filter(({ end }) => end !== undefined)
  if (count === undefined && quick.some(({ isBusy }) => isBusy)) {
    const refused = quick.filter(({ isBusy }) => isBusy).map(({ requests }) => requests)
    return {
      check,
      level: 'unknown',
      seen: `answers 503 behind ${sayRange(Math.min(...refused), Math.max(...refused))} requests, not to one connection alone`,
      ...busy,
    }
  }
  if (count === undefined) {
    return {
      check,
      level: quick.some(({ end, requests }) => end === undefined && requests < asked) ? 'unknown' : 'note',
      seen: `${sayRange(Math.min(...served), Math.max(...served))} requests on each of ${plural(quick.length, 'connection')}, not ended for their number`,
      verdict: 'no limit so far',
      cure: 'set one, or look further with --requests',
    }
  }
  const end = worst(ended)
  const staysOpen = end === 'said' && ended.every(({ how }) => how === undefined)
  const isSame = count.least === count.most
  const level = end !== 'said' ? 'bad' : isSame && ended.length > 1 ? 'note' : 'fine'
  return {
    check,
    level,
    seen: `${sayEnd(end, isSame ? `${count.most}` : sayRange(count.least, count.most))}, on ${ended.length} of ${plural(quick.length, 'connection')}`,
    verdict: `${sayManner(end)}${staysOpen ? ', and left open' : ''}; ${isSame ? 'the same count for every connection: those opened together leave together' : 'each connection has its own count'}`,
    ...(level !== 'fine' && { cure: cures[end] }),
  }
}

/**
 * Judges how a server limits the age of a connection.
 *
 * @param asked for how long it was to be used, in milliseconds.
 */
export function judgeAge(slow: AgeSeen, { age, count }: SeenLimits, asked: number): Said {
  const check = 'age'
  const ended = slow.connections.filter(({ end }) => end !== undefined)
  if (age !== undefined) {
    const end = worst(ended)
    return {
      check,
      level: end === 'said' ? 'fine' : 'bad',
      seen: `${sayEnd(end, undefined)} at an age of ${sayBetween(age.least, age.most)}`,
      verdict: sayManner(end),
      ...(end !== 'said' && { cure: cures[end] }),
    }
  }
  if (slow.connections.some(({ isBusy }) => isBusy)) {
    return { check, level: 'unknown', seen: 'answers 503, not to one connection alone', ...busy }
  }
  const watched = Math.min(slow.watched, ...slow.connections.map(({ age }) => age))
  if (ended.length > 0) {
    return {
      check,
      level: 'unknown',
      seen: `ended by their number of requests (${count?.least ?? 0}) at an age of ${say(watched)}`,
      verdict: 'a limit on age cannot be seen behind that',
    }
  }
  return {
    check,
    level: slow.watched < asked * nearly ? 'unknown' : 'note',
    seen: `in use for ${say(watched)}, not ended`,
    verdict: 'no limit so far',
    cure: 'set one, or look longer with --for',
  }
}

/** From worst to best. */
function worst(ended: readonly Used[]): End {
  const ends = ended.map(({ end }) => end)
  return ends.includes('silent') ? 'silent' : ends.includes('refused') ? 'refused' : 'said'
}

function sayEnd(end: End, count: string | undefined): string {
  const response = count === undefined ? 'a response' : `response ${count}`
  if (end === 'said') return `${response} says that it is the last`
  const behind = count === undefined ? '' : ` behind response ${count}`
  return end === 'silent' ? `closed without a word${behind}` : `answers 503${behind}`
}

function sayManner(end: End): string {
  if (end === 'said') return 'polite'
  return end === 'silent'
    ? 'a request on its way then is lost'
    : 'a request is refused that another server had answered'
}

function sayRange(least: number, most: number): string {
  return least === most ? `${most}` : `${least} to ${most}`
}
