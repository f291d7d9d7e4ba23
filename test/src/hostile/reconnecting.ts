import { once } from 'node:events'
import { connect } from 'node:net'
import { workerData } from 'node:worker_threads'

/** In a thread of its own: connects again and again from one port, asks, resets, and tells how often. */
const { port, localAddress, times, done } = workerData as {
  port: number
  localAddress: string
  times: number
  done: Int32Array<SharedArrayBuffer>
}

let localPort: number | undefined
for (let time = 0; time < times; time++) {
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress,
    ...(localPort !== undefined && { localPort }),
  })
  await once(socket, 'connect')
  localPort = socket.localPort
  await new Promise((sent) => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', sent))
  socket.resetAndDestroy()
  await once(socket, 'close')
}
Atomics.store(done, 0, times)
Atomics.notify(done, 0)
