import { once } from 'node:events'
import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

/** Resolves when a program can be used. The signal aborts when it has ended before. */
export type Ready = (stderr: Readable, ended: AbortSignal) => Promise<void>

/** When it says that on standard error. */
export function saying(pattern: RegExp): Ready {
  return (stderr) =>
    new Promise((resolve) => {
      let said = ''
      const look = (text: string): void => {
        said += text
        if (!pattern.test(said)) return
        stderr.off('data', look)
        resolve()
      }
      stderr.on('data', look)
    })
}

/** When it accepts connections. */
export function accepting(host: string, port: number): Ready {
  return async (_stderr, ended) => {
    while (!ended.aborted && !(await accepts(host, port))) await setTimeout(20)
  }
}

async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
