import type { Machine } from '../machine.js'
import { describeMachine } from '../print.js'

/** Where and when something was measured. */
export interface Circumstances {
  readonly date: string
  readonly machine: Machine
}

/** The same for a page. */
export function describeCircumstances({ date, machine }: Circumstances, ...more: readonly string[]): string {
  return [`Measured on ${date}`, describeMachine(machine), ...more].map((part) => `${part}.`).join(' ')
}
