import type { Socket } from 'node:net'
import type { Ending } from './channel.js'

/** Tells once how the server ends a connection. What comes later, a reset behind a FIN, is told by `reset`. */
export class EndWatch {
  ending: Ending | undefined
  readonly ended: Promise<Ending>
  /** Whether the server has cut the connection, even behind its FIN. */
  wasReset = false
  #isOurs = false

  constructor(socket: Socket) {
    this.ended = new Promise((resolve) => {
      const end = (how: Ending['how']): void => {
        if (this.ending !== undefined || this.#isOurs) return
        this.ending = { how, at: performance.now() }
        resolve(this.ending)
      }
      socket.on('end', () => end('fin'))
      socket.on('error', () => {
        this.wasReset ||= !this.#isOurs
        end('reset')
      })
      socket.on('close', () => end('fin'))
    })
  }

  /** What comes now is the command's own doing. */
  ignore(): void {
    this.#isOurs = true
  }
}
