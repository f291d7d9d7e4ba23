import { get } from 'node:http'

const period = 200

/** Asks a server again and again whether it is ready, as a balancer's health check does. */
export class Readiness {
  /** False until the server has said so for the first time. */
  ready = false
  readonly #url: string
  readonly #told: () => void
  readonly #timer: NodeJS.Timeout

  /** @param told called whenever the server has answered. */
  constructor(port: number, told: () => void) {
    this.#url = `http://127.0.0.1:${port}/ready`
    this.#told = told
    this.#timer = setInterval(() => this.#ask(), period)
    this.#ask()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** An answer that is late changes nothing: a machine with much to do is no reason to leave a server out. */
  #ask(): void {
    const request = get(this.#url, { agent: false }, (response) => {
      response.resume()
      this.#tell(response.statusCode === 200)
    })
    request.on('error', () => this.#tell(false))
  }

  #tell(ready: boolean): void {
    this.ready = ready
    this.#told()
  }
}
