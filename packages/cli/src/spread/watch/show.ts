import { createLogUpdate } from 'log-update'
import type { Output } from '../../command/output.js'
import type { Plan } from '../plan.js'
import { renderBars, renderLine } from './bars.js'
import type { Second } from './second.js'

export interface Show {
  pass(seconds: readonly Second[]): void
  end(): void
}

/** Bars that redraw on a terminal, a line a second where there is none, nothing for `--json`. */
export function createShow(output: Output, plan: Plan, known: readonly string[]): Show {
  if (!output.isTerminal)
    return { pass: (seconds) => output.line(renderLine(known, seconds)), end: () => output.line() }
  const draw = createLogUpdate(process.stdout)
  return {
    pass: (seconds) => draw(renderBars(output.colours, plan, known, seconds)),
    end() {
      draw.done()
      output.line()
    },
  }
}
