import { once } from 'node:events'

/**
 * Resolves at the first of these signals, and then listens to none of them: the next one does what it does without
 * Even Keel. It also stops listening when `over` is aborted.
 */
export async function firstOf(signals: readonly NodeJS.Signals[], over: AbortSignal): Promise<void> {
  const listening = new AbortController()
  const stop = (): void => listening.abort()
  over.addEventListener('abort', stop)
  const heard = signals.map((name) => once(process, name, { signal: listening.signal }))
  await Promise.race(heard).catch(() => {})
  stop()
  over.removeEventListener('abort', stop)
  await Promise.allSettled(heard)
}

export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
