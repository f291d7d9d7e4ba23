/** Hears an example's commands in one of its processes, which ends when the example does, however that ends. */
export function hear<Command>(listener: (command: Command) => void): void {
  process.on('message', listener)
  process.on('disconnect', () => process.exit())
  // The example can have ended while this process was still starting.
  if (!process.connected) process.exit()
  // Ctrl-C reaches the whole group: the example ends first and takes the others along, so none sees a half-dead run.
  process.on('SIGINT', () => {})
}

/** Answers the example; resolves when that is on its way. */
export function tell<Answer>(answer: Answer): Promise<void> {
  return new Promise((resolve) => {
    // The example may be gone in this very moment: the disconnect that follows ends this process.
    if (process.connected) process.send?.(answer, undefined, undefined, () => resolve())
  })
}
