import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { Server } from 'socket.io'

const server = createServer((_request, response) => response.end('hello'))
const io = new Server(server)
io.on('connection', (socket) => socket.emit('hello', 'world'))

attach(server, { maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
