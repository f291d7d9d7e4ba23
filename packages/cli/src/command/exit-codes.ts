/** What scripts learn: nothing bad was found, something was, or the command could not do its work. */
export const exitCodes = { fine: 0, foundSomething: 1, couldNotRun: 2 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
