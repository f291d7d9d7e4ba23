import { stripVTControlCharacters } from 'node:util'
import { renderFinding } from '@evenkeel/example-stage/finding'
import { inOrder } from './acts.js'
import { renderBars } from './bars.js'
import type { Outcome } from './outcome.js'
import { introduction, renderFigures } from './view.js'

/** What stays on a terminal, without its colours. */
export function renderTranscript({ findings, plan, runs }: Omit<Outcome, 'report'>): string {
  const parts = [
    introduction(plan),
    ...inOrder(runs).map(({ act, seconds }) => renderBars(plan, act, seconds)),
    renderFigures(plan, runs),
    findings.map(renderFinding).join('\n'),
  ]
  return stripVTControlCharacters(`${parts.join('\n\n')}\n`)
}
