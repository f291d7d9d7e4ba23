import { once } from 'node:events'
import { createServer } from 'node:net'

/** Why tests with an address of their own are left out, for a test's `skip`: macOS has 127.0.0.1 alone, unless it is given more. */
export async function noAddress(host: string): Promise<string | false> {
  const server = createServer().listen(0, host)
  try {
    await once(server, 'listening')
    return false
  } catch {
    return 'this machine has one loopback address'
  } finally {
    server.close()
  }
}
