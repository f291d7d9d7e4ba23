import { seeded } from '@evenkeel/test-kit/seeded'

/**
 * Chooses a server at random once for each connection, as kube-proxy does: what balances on layer 4 costs next to
 * nothing then, and no hop. The same choices for every peer.
 */
export class Balancer {
  readonly #random = seeded(1)
  readonly #ports: () => readonly number[]

  /** @param ports where connections can go, asked each time. */
  constructor(ports: () => readonly number[]) {
    this.#ports = ports
  }

  choose(): number {
    const ports = this.#ports()
    return ports[Math.floor(this.#random() * ports.length)] as number
  }
}
