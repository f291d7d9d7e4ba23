/** A command and its arguments. */
export type Command = readonly [command: string, ...args: string[]]

/** The way to a Redis. */
export interface Redis {
  /** What it is called in messages. It holds no password. */
  readonly name: string
  /** @param signal when it is aborted, nobody waits for the answer any more, and the promise rejects. */
  send(command: Command, signal: AbortSignal): Promise<unknown>
  /** It opens again with the next command. */
  close(): void
}

/** Waits for an answer until that is not wanted any more. */
export async function unlessAborted<Value>(answer: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
