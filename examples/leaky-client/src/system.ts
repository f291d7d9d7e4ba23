import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'

/** TCP sockets in use on the whole machine, as `ss -s` tells; nothing where the system does not say (macOS). */
export async function machineSockets(): Promise<number | undefined> {
  const text = await readFile('/proc/net/sockstat', 'utf8').catch(() => '')
  const inUse = /^TCP: inuse (\d+)/m.exec(text)?.[1]
  return inUse === undefined ? undefined : Number(inUse)
}

/** Whether this machine has the address: Linux has all of 127.0.0.0/8, macOS only what it was given. */
export async function hasAddress(host: string): Promise<boolean> {
  const server = createServer().listen(0, host)
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
