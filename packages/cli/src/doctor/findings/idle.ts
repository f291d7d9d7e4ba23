import { forgetful, type Peer, peers } from '@evenkeel/core'
import { nearly } from '../limits.js'
import type { IdleSeen } from '../probes/idle.js'
import { plural, say, sayBetween } from '../say.js'
import type { Said } from './finding.js'

/** Names of the known peers by what becomes of requests behind them. */
interface Behind {
  readonly lose: Peer[]
  readonly safe: Peer[]
}

/**
 * Judges the real idle timeout. Behind a peer that keeps idle connections for as long or longer, the server closes
 * some on which a request is on its way. A layer-4 balancer forgets those that the server keeps for longer.
 *
 * @param behind the peer that is known to be in front. Without it only a timeout below that of every peer is bad.
 * @param asked for how long they were to be watched, in milliseconds.
 */
export function judgeIdle(idle: IdleSeen, behind: Peer | undefined, asked: number): Said {
  const check = 'idle timeout'
  const ended = idle.connections.filter(({ after }) => after !== undefined)
  const times = ended.map(({ after = 0 }) => after)
  const { lose, safe } = peersBy(times.length === 0 ? idle.watched : Math.min(...times))
  if (times.length === 0) {
    return {
      check,
      level: idle.watched < asked * nearly ? 'unknown' : levelUnended(behind, idle.watched, safe),
      seen: `${plural(idle.connections.length, 'idle connection')} open after ${say(idle.watched)}`,
      verdict: safe.length === 0 ? 'no idle timeout so far' : `long enough behind ${safe.join(', ')}`,
      ...lookLonger(lose.filter(closes)),
    }
  }
  const isBad = behind === undefined ? safe.length === 0 : lose.includes(behind)
  return {
    check,
    level: isBad ? 'bad' : behind === undefined && lose.length > 0 ? 'note' : 'fine',
    seen: `closed by ${sayHow(ended)} after ${sayBetween(Math.min(...times), Math.max(...times))}`,
    verdict: sayVerdict({ lose, safe }),
    ...(lose.length > 0 && { cure: sayCure(lose) }),
  }
}

/** A peer that keeps a connection for as long as the server does races with it. */
function peersBy(timeout: number): Behind {
  const names = Object.keys(peers) as Peer[]
  const closing = names.filter(closes)
  return {
    lose: [...closing.filter((peer) => peers[peer] * 1_000 >= timeout), ...forgotten(timeout)],
    safe: closing.filter((peer) => peers[peer] * 1_000 < timeout),
  }
}

/** Whether a peer closes an idle connection, and does not only forget it. */
function closes(peer: Peer): boolean {
  return !forgetful.includes(peer)
}

/** The balancers that forget a connection before it has been idle for so long. */
function forgotten(timeout: number): Peer[] {
  return forgetful.filter((peer) => peers[peer] * 1_000 < timeout)
}

function sayHow(ended: IdleSeen['connections']): string {
  const hows = new Set(
    ended.map(({ how, saidLast }) => (saidLast ? 'GOAWAY' : how === 'reset' ? 'RST' : 'FIN')),
  )
  return [...hows].join(' or ')
}

function sayVerdict({ lose, safe }: Behind): string {
  if (lose.length === 0) return 'every known peer closes first'
  if (safe.length === 0) return 'requests get lost behind every known peer'
  return `requests get lost behind ${lose.join(', ')}; not behind ${safe.join(', ')}`
}

function sayCure(lose: readonly Peer[]): string {
  const closing = lose.filter(closes)
  const forgetting = lose.filter((peer) => !closes(peer))
  const cures = [
    closing.length > 0 && `keep idle connections longer than the peer: ${sayNeeds(closing)}`,
    forgetting.length > 0 &&
      `close idle connections before the balancer forgets them: ${sayNeeds(forgetting)}`,
  ]
  return cures.filter((cure) => cure !== false).join('; ')
}

function sayNeeds(lose: readonly Peer[]): string {
  return lose.map((peer) => `${peer} ${peers[peer]} s`).join(', ')
}

/** Where no connection was ended in the time that was watched. */
function levelUnended(behind: Peer | undefined, watched: number, safe: readonly Peer[]): Said['level'] {
  if (behind === undefined) return safe.length > 0 ? 'fine' : 'unknown'
  if (safe.includes(behind)) return 'fine'
  return forgotten(watched).includes(behind) ? 'bad' : 'unknown'
}

/** How to learn about the next peer. */
function lookLonger(unknown: readonly Peer[]): { cure?: string } {
  const [next] = [...unknown].sort((one, other) => peers[one] - peers[other])
  return next === undefined ? {} : { cure: `to know about ${next}, look longer: --idle ${peers[next] + 5}s` }
}
