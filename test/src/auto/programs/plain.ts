import { createServer } from 'node:http'
import { bodyOf, rawAnswer } from '../../apps/app.js'
import { announce } from './announce.js'

const server = createServer((request, response) => {
  const { url = '' } = request
  if (url === '/ok') response.end('ok')
  else if (url === '/echo') {
    bodyOf(request).then(
      (body) => response.end(body),
      () => response.destroy(),
    )
  } else if (url === '/empty') response.writeHead(204).end()
  else if (url === '/not-modified') response.writeHead(304).end()
  else if (url.startsWith('/raw/')) rawAnswer(url, response)
  else response.writeHead(url === '/throw' ? 500 : 404).end('no')
})
server.listen(0, '127.0.0.1', () => announce(server))
