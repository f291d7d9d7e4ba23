import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { hello, limits, type Start } from './hello.js'
import { listening } from './listening.js'

/** `node:http` by itself. */
export const start: Start = (withEvenKeel) => {
  const server = createServer((_request, response) => {
    response.end(hello)
  })
  if (withEvenKeel) attach(server, limits)
  return listening(server.listen(0, '127.0.0.1'))
}
