import { createServer } from 'node:https'
import { certificate } from '../../certificate.js'
import { announce } from './announce.js'

const server = createServer(certificate, (_request, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => announce(server))
