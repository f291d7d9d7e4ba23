import { misbehaved } from '../transcript.js'
import type { Transcript } from './play.js'
import { show } from './received.js'
import { isReset, type Script } from './script.js'

/** How a transcript differs from that of a bare server; undefined if it does not. */
export function compare(script: Script, bare: Transcript, ours: Transcript): string | undefined {
  const found = misbehaved(bare, ours)
  if (found !== undefined) return found
  const [theirs, mine] = [bare.frames.map(show), ours.frames.map(show)]
  // What a client that resets has read until then is a matter of time.
  const length = isReset(script) ? Math.min(theirs.length, mine.length) : Infinity
  if (theirs.slice(0, length).join('\n') !== mine.slice(0, length).join('\n')) return 'the frames'
  if (ours.isGone !== bare.isGone) return 'whether the connection stays when its client has left'
  if (ours.ended !== bare.ended) return `the end: ${ours.ended} instead of ${bare.ended}`
  if (ours.seen.join('\n') !== bare.seen.join('\n')) return 'what the application saw'
  return undefined
}
