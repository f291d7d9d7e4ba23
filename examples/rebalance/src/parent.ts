import type { Answer, Command } from './messages.js'

/** Hears the demo's commands in one of its processes, which ends when the demo does, however that ends. */
export function hear(listener: (command: Command) => void): void {
  process.on('message', listener)
  process.on('disconnect', () => process.exit())
  // The demo can have ended while this process was still starting.
  if (!process.connected) process.exit()
  // Ctrl-C reaches the whole group: the demo ends first and takes the others along, so none sees a half-dead run.
  process.on('SIGINT', () => {})
}

/** Answers the demo. */
export function tell(answer: Answer): void {
  // The demo may be gone in this very moment: the disconnect that follows ends this process.
  if (process.connected) process.send?.(answer, undefined, undefined, () => {})
}
