import { execFileSync, spawnSync } from 'node:child_process'
import { networkInterfaces } from 'node:os'

/** Where the clients connect to; no server listens there. */
export const front = { host: '10.99.0.1', port: 80 } as const

/** The port of a server, on the same address. */
export function portOf(server: number): number {
  return 9_000 + server
}

/** Why tests with the kernel's balancer are left out, for a test's `skip`. In CI the commands have to be there. */
export const noNetwork: string | false = whyNot()

function whyNot(): string | false {
  const { CI } = process.env
  const isInstalled = ['ip', 'nft'].every((command) => spawnSync(command, ['-V']).error === undefined)
  if (!isInstalled) return CI === undefined && 'install nftables and iproute2'
  const { status } = spawnSync('unshare', ['--net', 'sh', '-c', 'ip address && nft list tables'])
  return (
    status !== 0 &&
    'this machine allows no network of their own: it takes the right to unshare, and nftables in its kernel'
  )
}

/** Sets up the network of this process, which is to be one of its own (`unshare --net`). */
export function setUp(): void {
  if ('lo' in networkInterfaces()) throw new Error('this network is in use: run it by unshare --net')
  run('ip', 'link', 'set', 'lo', 'up')
  run('ip', 'address', 'add', `${front.host}/32`, 'dev', 'lo')
}

/** Has each new connection go to one of so many servers at random, as kube-proxy's rules do. */
export function balance(servers: number): void {
  const ports = Array.from({ length: servers }, (_, server) => `${server} : ${portOf(server)}`).join(', ')
  const rules = `
    table ip balancer
    delete table ip balancer
    table ip balancer {
      chain output {
        type nat hook output priority -100
        ip daddr ${front.host} tcp dport ${front.port} dnat to ${front.host} : numgen random mod ${servers} map { ${ports} }
      }
    }`
  execFileSync('nft', ['-f', '-'], { input: rules })
}

function run(command: string, ...parameters: string[]): void {
  execFileSync(command, parameters)
}
