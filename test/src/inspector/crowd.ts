// Opens as many connections as it is told to, and holds them until its parent lets go of it.
import { once } from 'node:events'
import { connect } from 'node:net'

const [port, count] = process.argv.slice(2).map(Number)
process.on('disconnect', () => process.exit())

const batch = 100
for (let opened = 0; opened < Number(count); opened += batch) {
  const sockets = Array.from({ length: batch }, (_, i) =>
    connect({ port: Number(port), host: '127.0.0.1', localAddress: `127.0.0.${2 + (i % 50)}` }),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
}
process.send?.('all are open')
