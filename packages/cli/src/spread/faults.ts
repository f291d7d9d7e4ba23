import { CouldNotRun } from '../command/could-not-run.js'
import { type By, writeBy } from './names/by.js'
import type { Plan } from './plan.js'

export function noAnswer({ url, from }: Plan, failures: ReadonlyMap<string, number>): CouldNotRun {
  const reasons = [...failures.keys()].join('; ')
  if (reasons === '') return new CouldNotRun(`${url.href} was not asked`, 'run it again without Ctrl-C')
  if (reasons.includes('EADDRNOTAVAIL') && from.length > 0)
    return new CouldNotRun(`--from ${from.join(',')} (${reasons})`, 'give addresses that this machine has')
  return new CouldNotRun(
    `no answer from ${url.href} (${reasons})`,
    'give the address of a server that runs and that this machine can reach; --insecure takes any certificate',
  )
}

export function noName(): CouldNotRun {
  return new CouldNotRun(
    'no header, cookie or body field tells servers apart: there is one server, or servers do not name themselves',
    'have each server send its name (https://www.npmjs.com/package/evenkeel shows the line), or say with --by where it stands',
  )
}

export function notNamed(by: By): CouldNotRun {
  return new CouldNotRun(
    `no answer has a name in ${writeBy(by)}`,
    'see what the server sends with curl -i, and give --by what names it',
  )
}
