import type { Socket } from 'node:net'

type CloseListener = (this: Socket, failed: boolean) => void

/**
 * Hears of the closes of sockets. A listener on each socket would cost 200 bytes for every connection: Node has a
 * listener of its own there, adds and removes another one with each response, and an array that has ever held three
 * keeps twenty places. Instead each socket gets the same `emit` as a property of its own.
 */
export class CloseWatch {
  readonly #listener: CloseListener
  readonly #emit: Socket['emit']

  constructor(listener: CloseListener) {
    this.#listener = listener
    this.#emit = function emit(this: Socket, ...event: [unknown, ...unknown[]]): boolean {
      if (event[0] === 'close') listener.call(this, event[1] === true)
      // An object that is derived from a socket has the socket among its prototypes.
      let inner: Socket = Object.getPrototypeOf(this)
      while (inner.emit === emit) inner = Object.getPrototypeOf(inner)
      return Reflect.apply(inner.emit, this, event)
    }
  }

  start(socket: Socket): void {
    // Somebody else has set one: it comes first.
    if (Object.hasOwn(socket, 'emit')) socket.on('close', this.#listener)
    else Object.defineProperty(socket, 'emit', { value: this.#emit, writable: true, configurable: true })
  }

  stop(socket: Socket): void {
    socket.off('close', this.#listener)
    if (socket.emit === this.#emit) Reflect.deleteProperty(socket, 'emit')
  }
}
