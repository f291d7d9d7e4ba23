/** What was thrown past every handler, since this was asked last. */
export class Guard {
  #seen: string[] = []
  readonly #rejected = (error: unknown): void => void this.#seen.push(`unhandled: ${told(error)}`)
  readonly #warned = (warning: Error): void => {
    // The test runner's own mocks are an experiment on Node 20.
    if (warning.name !== 'ExperimentalWarning' && warning.name !== 'DeprecationWarning')
      this.#seen.push(`warned: ${warning.message}`)
  }

  start(): void {
    // In front of every listener, the test runner's too: the script that did it is still to be made smaller.
    process.setUncaughtExceptionCaptureCallback((error) => this.#seen.push(`uncaught: ${told(error)}`))
    process.on('unhandledRejection', this.#rejected)
    process.on('warning', this.#warned)
  }

  take(): string[] {
    return this.#seen.splice(0)
  }

  stop(): void {
    process.setUncaughtExceptionCaptureCallback(null)
    process.off('unhandledRejection', this.#rejected)
    process.off('warning', this.#warned)
  }
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
