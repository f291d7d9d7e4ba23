import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Keel } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'

/** Serves the keel's metrics on a port of their own, so that who reads them is not counted. Resolves with the port. */
export function serveMetrics(keel: Keel): Promise<number> {
  const register = collect(keel)
  const admin = createServer((request, response) => {
    if (request.url !== '/metrics') response.writeHead(404).end()
    else
      void register
        .metrics()
        .then((text) => response.setHeader('Content-Type', register.contentType).end(text))
  })
  // It serves as long as there is something else to do.
  admin.unref()
  return new Promise((resolve) => {
    admin.listen(0, '127.0.0.1', () => resolve((admin.address() as AddressInfo).port))
  })
}
