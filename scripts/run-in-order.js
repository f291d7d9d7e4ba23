// Runs the test files given, in their order: `node --test` sorts them by name.
import { availableParallelism } from 'node:os'
import { run } from 'node:test'
import { spec, tap } from 'node:test/reporters'

// Most tests wait most of the time: four files at a time keep two cores busy.
const concurrency = Math.max(4, availableParallelism() - 1)

run({ files: process.argv.slice(2), concurrency, timeout: Infinity })
  .on('test:fail', ({ todo }) => {
    if (todo === undefined || todo === false) process.exitCode = 1
  })
  .compose(process.stdout.isTTY ? new spec() : tap)
  .pipe(process.stdout)
