import * as parent from '@evenkeel/example-stage/parent'
import type { Answer, Command } from './messages.js'

/** Hears the example's commands. */
export const hear: typeof parent.hear<Command> = parent.hear

/** Answers the example. */
export const tell: typeof parent.tell<Answer> = parent.tell
