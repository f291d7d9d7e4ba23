import { setTimeout } from 'node:timers/promises'
import type { Limits } from '../../command/budget.js'
import type { Answer, Channel } from '../channel/channel.js'
import type { Subject } from '../channel/subject.js'

/** Reads how many requests the server has executed, from an answer that tells it. */
export type Counter = (answer: Answer) => number | undefined

const looks = 5

export const counterCost: Limits = { connections: looks, requests: looks }

/** Longer than a clock of milliseconds stands still. */
const pause = 20

/** Headers that hold numbers which are no counts of requests. */
const others = ['date', 'age', 'expires', 'last-modified', 'keep-alive', 'content-length', 'etag']

/**
 * Looks for a number in the answers that grows by one with each request, and stands still between them: then it can
 * be seen from outside how many requests were executed. Only exact while nobody else uses the server.
 */
export async function findCounter(subject: Subject): Promise<Counter | undefined> {
  const answers: Answer[] = []
  let channel: Channel | undefined
  for (let look = 0; look < looks && !subject.signal.aborted; look++) {
    if (channel === undefined || channel.isLeaving || channel.ending !== undefined) {
      channel?.close()
      channel = await subject.open()
    }
    if (look > 2) await setTimeout(pause)
    const answer = await channel.exchange()
    if (answer !== undefined) answers.push(answer)
  }
  channel?.close()
  return answers.length === looks ? counterIn(answers) : undefined
}

/** The place at which each of the answers has one more than the answer before. */
export function counterIn(answers: readonly Answer[]): Counter | undefined {
  const numbers = answers.map(numbersOf)
  const first = numbers[0] ?? []
  const place = first.findIndex(
    (start, at) =>
      numbers.every((each) => each.length === first.length) &&
      numbers.every((each, by) => each[at] === start + by),
  )
  return place === -1 ? undefined : (answer) => numbersOf(answer)[place]
}

function numbersOf({ headers, body }: Answer): number[] {
  const lines = [...headers].filter(([name]) => !others.includes(name)).map(([, value]) => value)
  return [...lines, body].flatMap((text) => [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)))
}
