import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { noNetwork } from '../../fleet/nat/network.js'
import type { Ran } from '../evenkeel.js'

export { noNetwork }

/** Runs the command against so many servers behind the kernel's NAT, in a network of its own. */
export async function behindNat(servers: number, parameters: readonly string[]): Promise<Ran> {
  const program = `${import.meta.dirname}/nat-program.js`
  const { stdout } = await promisify(execFile)('unshare', [
    ...['--net', process.execPath, program, String(servers), ...parameters],
  ])
  const ran = JSON.parse(stdout) as Omit<Ran, 'json'>
  return { ...ran, json: () => JSON.parse(ran.stdout) }
}
