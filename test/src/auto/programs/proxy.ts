import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request as send } from 'undici'
import { bodyOf } from '../../apps/app.js'
import { announce } from './announce.js'

// A proxy by undici, which sets `request.socket` to null when it has sent the request's body on.
const origin = createServer(async (request, response) => response.end(await bodyOf(request)))
origin.listen(0, '127.0.0.1', () => {
  const target = `http://127.0.0.1:${(origin.address() as AddressInfo).port}`
  const proxy = createServer(async (request, response) => {
    const { body } = await send(target, { method: 'POST', body: request })
    response.end(await body.text())
  })
  proxy.listen(0, '127.0.0.1', () => announce(proxy))
})
