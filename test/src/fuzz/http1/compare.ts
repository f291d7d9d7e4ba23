import { misbehaved } from '../transcript.js'
import type { Transcript } from './play.js'
import type { Script } from './script.js'

/** How a transcript differs from that of a bare server; undefined if it does not. */
export function compare(script: Script, bare: Transcript, ours: Transcript): string | undefined {
  const found = misbehaved(bare, ours)
  if (found !== undefined) return found
  // What a client that resets has read until then is a matter of time where more than a buffer is under way.
  const isCut = script.steps.some(({ kind }) => kind === 'reset')
  const [ourBytes, bareBytes] = [dateless(ours.received), dateless(bare.received)]
  const sameBytes = isCut
    ? ourBytes.startsWith(bareBytes) || bareBytes.startsWith(ourBytes)
    : ourBytes === bareBytes
  if (!sameBytes) return 'bytes'
  if (ours.ended !== bare.ended) return `the end: ${ours.ended} instead of ${bare.ended}`
  if (ours.seen.join('\n') !== served(bare, ours).join('\n')) return 'what the application saw'
  return undefined
}

/**
 * What the application saw at a bare server, without requests that ours drops: behind its own close Node executes what
 * it has read already, and aborts it at once.
 */
function served(bare: Transcript, ours: Transcript): string[] {
  const lost = bare.seen
    .map((line) => /^runs \w+ (.*)$/.exec(line)?.[1])
    .filter((url) => url !== undefined && !ours.seen.some((line) => line.endsWith(url)))
    .filter((url) => !bare.seen.includes(`finished ${url}`))
  return bare.seen.filter((line) => !lost.some((url) => url !== undefined && line.endsWith(` ${url}`)))
}

export function dateless(text: string): string {
  return text.replace(/^Date: .*\r\n/gm, '')
}
