#!/usr/bin/env node
import { exitCodes } from './command/exit-codes.js'
import { createProgram } from './program.js'

// Whoever reads the output may have seen enough, as `head` has. Then nobody is there to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.couldNotRun)
})

await createProgram().parseAsync()
