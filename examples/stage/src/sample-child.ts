import cluster from 'node:cluster'
import { hear, tell } from './parent.js'

/** For tests: what a process hears, and what it answers. */
export type Command = { readonly type: 'double'; readonly number: number } | { readonly type: 'fail' }
export type Answer =
  | {
      readonly type: 'started'
      readonly parameters: readonly string[]
      readonly flags: readonly string[]
      readonly isWorker: boolean
    }
  | { readonly type: 'noise' }
  | { readonly type: 'doubled'; readonly number: number }

hear<Command>((command) => {
  if (command.type === 'fail') process.exit(3)
  void tell<Answer>({ type: 'noise' })
  void tell<Answer>({ type: 'doubled', number: command.number * 2 })
})

void tell<Answer>({
  type: 'started',
  parameters: process.argv.slice(2),
  flags: process.execArgv,
  isWorker: cluster.isWorker,
})
