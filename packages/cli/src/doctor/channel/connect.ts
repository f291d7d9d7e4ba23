import { once } from 'node:events'
import { connect as connectPlainly, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { connect as connectSecurely } from 'node:tls'
import { CouldNotRun } from '../../command/could-not-run.js'
import { addressOf, isSecure, nameOf, type Target } from './target.js'

/**
 * A socket that is open. Its own side stays open when the server ends the other.
 *
 * @param protocols what is offered by ALPN.
 * @param signal gives it up.
 * @throws {CouldNotRun} where it cannot be opened.
 */
export async function connect(
  target: Target,
  protocols: readonly string[],
  signal: AbortSignal,
): Promise<Socket> {
  const plain = connectPlainly({ ...addressOf(target), noDelay: true, allowHalfOpen: true })
  const socket = isSecure(target)
    ? connectSecurely({
        socket: plain,
        ALPNProtocols: [...protocols],
        servername: nameOf(target),
        rejectUnauthorized: !target.insecure,
      })
    : plain
  plain.setTimeout(target.timeout, () =>
    plain.destroy(new Error(`no connection within ${target.timeout} ms`)),
  )
  // A socket may fail between its opening and whoever listens then.
  socket.on('error', () => {})
  plain.on('error', (error) => socket.destroy(error))
  const giveUp = (): void => void plain.destroy(new Error('stopped'))
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp)
  try {
    await once(socket, socket === plain ? 'connect' : 'secureConnect')
    // Node tells of the handshake within OpenSSL's read. A TLS socket that is destroyed there is freed in use.
    if (socket !== plain) await setImmediate()
  } catch (error) {
    plain.destroy()
    throw new CouldNotRun(
      `cannot connect to ${target.url.origin} (${(error as Error).message})`,
      cureOf(error as NodeJS.ErrnoException),
    )
  }
  signal.removeEventListener('abort', giveUp)
  plain.setTimeout(0)
  return socket
}

/** What OpenSSL makes of bytes that are no TLS. */
const noTls = [
  'EPROTO',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNKNOWN_PROTOCOL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]

/** What Node says of certificates that it does not accept. */
const certificate = /CERT|^UNABLE_TO_|^CRL_|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$/

/** What to do about a connection that cannot be opened. */
export function cureOf({ code = '' }: NodeJS.ErrnoException): string {
  if (noTls.includes(code)) return 'the server does not speak TLS there: try http://'
  if (certificate.test(code) && !code.startsWith('ERR_SSL_')) return '--insecure takes any certificate'
  return 'check the address, and that the server listens there'
}
