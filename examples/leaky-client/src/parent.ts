import type { Answer, Command } from './messages.js'

/** Hears the example's commands in one of its processes, which ends when the example does, however that ends. */
export function hear(listener: (command: Command) => void): void {
  process.on('message', listener)
  process.on('disconnect', () => process.exit())
  // The example can have ended while this process was still starting.
  if (!process.connected) process.exit()
  // Ctrl-C reaches the whole group: the example ends first and takes the others along.
  process.on('SIGINT', () => {})
}

/** Answers the example. */
export function tell(answer: Answer): void {
  // The example may be gone in this very moment: the disconnect that follows ends this process.
  if (process.connected) process.send?.(answer, undefined, undefined, () => {})
}
