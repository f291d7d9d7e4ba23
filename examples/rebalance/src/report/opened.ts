import { nameOf } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import * as Plot from '@observablehq/plot'
import type { Plan } from '../plan.js'
import type { Run } from '../run.js'
import { draw } from './frame.js'
import type { Html } from './html.js'
import { openedIn, openedPerSecond } from './rates.js'

/** Connections opened in each second; `most` is where the scale of all runs ends. */
export function plotOpened(plan: Plan, run: Run, most: number): Html {
  const rate = openedPerSecond(plan, run)
  const alternative = `Connections opened per second, ${nameOf(run.act)}. Judged: ${thousands(rate)} a second.`
  return draw(plan, {
    alternative,
    height: 210,
    y: { label: 'connections opened per second', domain: [0, most], ticks: 4, grid: true },
    marks: [
      Plot.rectY(openedIn(run), {
        x1: (_: number, place: number) => place,
        x2: (_: number, place: number) => place + 1,
        y: (opened: number) => opened,
        fill: 'var(--opened)',
        inset: plan.seconds > 60 ? 0 : 0.5,
      }),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
    ],
    labels: [{ y: rate, text: `${thousands(Math.round(rate))} a second`, colour: 'var(--opened)' }],
  })
}
