import type { Socket } from 'node:net'

type CloseListener = (this: Socket, failed: boolean) => void

/**
 * Hears of the closes of sockets. Not by a listener on each: Node has one of its own there, adds and removes
 * another with each response, and an array that has ever held three keeps twenty places, 200 bytes for every
 * connection. Instead each gets the same `emit` of its own.
 */
export class CloseWatch {
  readonly #listener: CloseListener
  readonly #emit: Socket['emit']

  constructor(listener: CloseListener) {
    this.#listener = listener
    this.#emit = function emit(this: Socket, ...event: [unknown, ...unknown[]]): boolean {
      if (event[0] === 'close') listener.call(this, event[1] === true)
      // What is derived from a socket has it among its prototypes.
      let inner: Socket = Object.getPrototypeOf(this)
      while (inner.emit === emit) inner = Object.getPrototypeOf(inner)
      return Reflect.apply(inner.emit, this, event)
    }
  }

  start(socket: Socket): void {
    // Somebody else's comes first.
    if (Object.hasOwn(socket, 'emit')) socket.on('close', this.#listener)
    else Object.defineProperty(socket, 'emit', { value: this.#emit, writable: true, configurable: true })
  }

  stop(socket: Socket): void {
    socket.off('close', this.#listener)
    if (socket.emit === this.#emit) Reflect.deleteProperty(socket, 'emit')
  }
}
