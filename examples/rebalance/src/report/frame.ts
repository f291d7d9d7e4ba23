import * as Plot from '@observablehq/plot'
import { Window } from 'happy-dom'
import type { Plan } from '../plan.js'
import { Html } from './html.js'

/** What differs from plot to plot. */
export interface Picture {
  /** What is seen, for those who do not see it. */
  readonly alternative: string
  readonly height: number
  readonly y: Plot.ScaleOptions & { readonly domain: readonly [number, number] }
  readonly marks: Plot.Markish[]
  readonly labels: readonly Label[]
}

/** What stands at the right of a plot, at the height of what it names. */
export interface Label {
  readonly y: number
  readonly text: string
  readonly colour: string
}

/** Wide enough for two on a screen, small enough for one on a telephone: its words keep a size that can be read. */
const width = 428
const margins = { marginTop: 46, marginRight: 108, marginBottom: 40, marginLeft: 56 } as const

/**
 * A plot over the seconds of a run, as SVG: the scale-out and the judged part are marked. Colours are variables of
 * the page, so that one picture serves for light, dark and print.
 */
export function draw(plan: Plan, picture: Picture): Html {
  const window = new Window()
  const { height, y, marks, labels } = picture
  const svg = Plot.plot({
    document: window.document,
    ...margins,
    width,
    height,
    style: { fontSize: '12px', fontFamily: 'inherit', overflow: 'visible' },
    x: {
      domain: [0, plan.seconds],
      label: 'seconds since the run began',
      labelArrow: 'none',
      labelAnchor: 'center',
      ticks: 5,
    },
    y: { labelArrow: 'none', ...y, domain: [...y.domain] },
    marks: [...marks, ...phases(plan, y.domain[1]), ...legends(plan, labels)],
  })
  // The page has its own, once for all plots.
  svg.querySelector('style')?.remove()
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', picture.alternative)
  const markup = svg.outerHTML
  void window.happyDOM.close()
  return new Html(markup)
}

/** Above the plot, where it hides nothing. */
function phases(plan: Plan, top: number): Plot.Markish[] {
  const { scaleOutAt, judgedFrom, seconds } = plan
  const above = { frameAnchor: 'top', lineAnchor: 'bottom', dy: -9 } as const
  return [
    Plot.ruleX([scaleOutAt], { stroke: 'var(--ink)', strokeWidth: 1.5, insetTop: -7 }),
    Plot.text([tellScaleOut(plan)], {
      ...above,
      x: [scaleOutAt],
      textAnchor: 'start',
      dx: -2,
    }),
    Plot.ruleY([top], { x1: judgedFrom, x2: seconds, dy: -5, stroke: 'var(--ink)', strokeWidth: 1.5 }),
    Plot.text(['judged'], { ...above, x: [(judgedFrom + seconds) / 2] }),
  ]
}

function tellScaleOut({ servers, serversAtFirst }: Plan): string {
  const added = servers - serversAtFirst
  return `+ ${added} ${added === 1 ? 'server' : 'servers'}`
}

function legends({ seconds }: Plan, labels: readonly Label[]): Plot.Markish[] {
  const place = { x: seconds, y: 'y' } as const
  return [
    Plot.dot(labels, { ...place, dx: 11, r: 4.5, symbol: 'square', fill: 'colour', stroke: 'none' }),
    Plot.text(labels, { ...place, dx: 19, textAnchor: 'start', text: 'text' }),
  ]
}
