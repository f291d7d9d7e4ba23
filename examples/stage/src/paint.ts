import { styleText } from 'node:util'

/** The colours that the examples use. */
export type Colour = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>

/** Colours text where the terminal shows colours (`NO_COLOR` turns them off). */
export function paint(colour: Colour, text: string): string {
  const { stdout } = process
  return stdout.isTTY && stdout.hasColors() ? styleText(colour, text, { validateStream: false }) : text
}
