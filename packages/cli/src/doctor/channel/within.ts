/** What a promise comes to, or `undefined` where it has not within so many milliseconds or the command is to end. */
export function within<Value>(
  promise: Promise<Value>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const end = (value?: Value): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(value)
    }
    const giveUp = (): void => end()
    const timer = setTimeout(giveUp, Math.max(0, milliseconds))
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp)
    promise.then(end, reject)
  })
}
