import { type Peer, peers } from '@evenkeel/core'
import type { IdleSeen } from '../probes/idle.js'
import { plural, say, sayBetween } from '../say.js'
import type { Said } from './finding.js'

/** Names of the known peers by what becomes of requests behind them. */
interface Behind {
  readonly lose: Peer[]
  readonly safe: Peer[]
}

/**
 * Judges the real idle timeout: behind a peer that keeps idle connections for as long or longer, the server closes
 * some on which a request is on its way.
 *
 * @param behind the peer that is known to be in front. Without it only a timeout below that of every peer is bad.
 */
export function judgeIdle(idle: IdleSeen, behind: Peer | undefined): Said {
  const check = 'idle timeout'
  const ended = idle.connections.filter(({ after }) => after !== undefined)
  const times = ended.map(({ after = 0 }) => after)
  const { lose, safe } = peersBy(times.length === 0 ? idle.watched : Math.min(...times))
  if (times.length === 0) {
    return {
      check,
      level: behind !== undefined && !safe.includes(behind) ? 'unknown' : 'fine',
      seen: `${plural(idle.connections.length, 'idle connection')} open after ${say(idle.watched)}`,
      verdict: safe.length === 0 ? 'no idle timeout so far' : `long enough behind ${safe.join(', ')}`,
      ...lookLonger(lose),
    }
  }
  const isBad = behind === undefined ? safe.length === 0 : lose.includes(behind)
  return {
    check,
    level: isBad ? 'bad' : behind === undefined && lose.length > 0 ? 'note' : 'fine',
    seen: `closed by ${sayHow(ended)} after ${sayBetween(Math.min(...times), Math.max(...times))}`,
    verdict: sayVerdict({ lose, safe }),
    ...(lose.length > 0 && { cure: `keep idle connections longer than the peer: ${sayNeeds(lose)}` }),
  }
}

/** A peer that keeps a connection for as long as the server does races with it. */
function peersBy(timeout: number): Behind {
  const names = Object.keys(peers) as Peer[]
  return {
    lose: names.filter((peer) => peers[peer] * 1_000 >= timeout),
    safe: names.filter((peer) => peers[peer] * 1_000 < timeout),
  }
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

function sayNeeds(lose: readonly Peer[]): string {
  return lose.map((peer) => `${peer} ${peers[peer]} s`).join(', ')
}

/** How to learn about the next peer. */
function lookLonger(unknown: readonly Peer[]): { cure?: string } {
  const [next] = [...unknown].sort((one, other) => peers[one] - peers[other])
  return next === undefined ? {} : { cure: `to know about ${next}, look longer: --idle ${peers[next] + 5}s` }
}
