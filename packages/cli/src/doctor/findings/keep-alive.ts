import type { KeepAliveSeen } from '../probes/keep-alive.js'
import type { Said } from './finding.js'

export function judgeKeepAlive({ isKept, saidLast, status }: KeepAliveSeen): Said {
  const check = 'keep-alive'
  if (isKept && status >= 300) {
    return {
      check,
      level: 'note',
      seen: `${status}, then a second answer on the same connection`,
      verdict: 'kept alive, but other answers may be treated differently',
      cure: 'name a path that answers 200',
    }
  }
  if (isKept) {
    return {
      check,
      level: 'fine',
      seen: `${status}, then a second answer on the same connection`,
      verdict: 'kept alive',
    }
  }
  const cure = 'turn keep-alive on, with a limit on requests and age'
  if (saidLast) {
    return {
      check,
      level: 'note',
      seen: `${status}, and the first response says that it is the last`,
      verdict: 'a connection for each request: nothing pins, and each request pays for a handshake',
      cure,
    }
  }
  return {
    check,
    level: 'bad',
    seen: `${status}, then the connection ends without a word`,
    verdict: 'clients that keep connections lose requests',
    cure: `say Connection: close, or ${cure}`,
  }
}
