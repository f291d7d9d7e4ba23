/** What became of one pipelined request, as its client sees it: the status of its answer, if there was one. */
export interface Sent {
  readonly number: number
  readonly status: number | undefined
}

/** What became of all pipelined requests. */
export interface PipelinedVerdict {
  readonly sent: number
  readonly answered: number
  /** Executed without an answer, or refused. Nobody can know whether these may be sent again. */
  readonly lost: number
  /** Neither executed nor answered: they can be sent again, and nothing is lost. */
  readonly again: number
}

/** @param executed the numbers of the requests that reached a handler. */
export function judgePipelined(sent: readonly Sent[], executed: ReadonlySet<number>): PipelinedVerdict {
  let [answered, lost, again] = [0, 0, 0]
  for (const { number, status } of sent) {
    if (status === 200) answered++
    else if (status !== undefined || executed.has(number)) lost++
    else again++
  }
  return { sent: sent.length, answered, lost, again }
}
