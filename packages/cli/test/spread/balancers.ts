/** A model of a balancer: chooses a server from 0 for each connection. */
export interface Balancer {
  open(from: string): number
  close(server: number): void
}

type Random = () => number

export type Kind =
  | 'random'
  | 'weighted random'
  | 'round robin'
  | 'weighted round robin'
  | 'least connections'
  | 'source hash'
  | 'workers'

export function balancer(kind: Kind, servers: number, random: Random): Balancer {
  const open = new Array<number>(servers).fill(0)
  const close = (server: number): void => {
    open[server] = (open[server] ?? 0) - 1
  }
  const choose = chooser(kind, servers, random, open)
  return {
    close,
    open(from) {
      const server = choose(from)
      open[server] = (open[server] ?? 0) + 1
      return server
    },
  }
}

function chooser(
  kind: Kind,
  servers: number,
  random: Random,
  open: readonly number[],
): (from: string) => number {
  const any = (): number => Math.floor(random() * servers)
  if (kind === 'random') return any
  if (kind === 'weighted random') return () => Math.min(any(), Math.floor(random() * servers * 2))
  if (kind === 'round robin')
    return turns(
      Array.from({ length: servers }, (_, server) => server),
      any(),
    )
  if (kind === 'weighted round robin')
    return turns([0, ...Array.from({ length: servers }, (_, server) => server)], any())
  if (kind === 'least connections') return () => open.indexOf(Math.min(...open))
  if (kind === 'source hash') {
    const salt = any()
    return (from) => (Number(from.split('.').at(-1)) + salt) % servers
  }
  const order = Array.from({ length: servers }, (_, server) => server)
  const workers = [turns(order, any()), turns(order, any())]
  return () => workers[Math.floor(random() * workers.length)]?.() ?? 0
}

function turns(order: readonly number[], first: number): () => number {
  let next = first
  return () => order[next++ % order.length] ?? 0
}
