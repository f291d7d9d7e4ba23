import type { Line } from './line.js'
import type { World } from './world.js'

/** What the client or the application does, besides sending. */
export type PeerStep =
  /** The request of this number goes on with what it waits for. */
  | { readonly kind: 'release'; readonly number: number }
  | { readonly kind: 'pause' | 'resume' | 'end' | 'reset' }

/** What Even Keel is told. A bare server knows nothing of it. */
export type KeelStep =
  | { readonly kind: 'retire' | 'drain' | 'detach' }
  | { readonly kind: 'update'; readonly requests: number }

export type SharedStep = PeerStep | KeelStep

/** Plays a step of the client or of the application. Steps of Even Keel's do nothing here. */
export function act(step: SharedStep, line: Line, world: World): void {
  if (step.kind === 'release') world.release(String(step.number))
  else if (step.kind === 'pause') line.pause()
  else if (step.kind === 'resume') line.resume()
  else if (step.kind === 'end') line.end()
  else if (step.kind === 'reset') line.reset()
}
