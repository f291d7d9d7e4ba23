import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from '@evenkeel/test-kit/free-port'

const { REDIS_SERVER = 'redis-server' } = process.env

/** How Redis is called on this machine. */
export const redisCommand: string = REDIS_SERVER

export function hasRedis(): boolean {
  return spawnSync(redisCommand, ['--version']).status === 0
}

/** A Redis of its own that keeps nothing on disk. */
export interface RedisProcess {
  readonly url: string
  readonly pid: number
  end(): Promise<void>
}

export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort()
  const address = ['--bind', '127.0.0.1', '--port', `${port}`]
  const child = spawn(redisCommand, [...address, '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = (): boolean => child.kill('SIGKILL')
  process.once('exit', kill)
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('accept connections')) continue
    child.stdout.resume()
    const { pid } = child
    if (pid !== undefined) return { url: `redis://127.0.0.1:${port}`, pid, end: () => end(child, kill) }
  }
  throw new Error('redis-server has ended at its start')
}

async function end(child: ChildProcess, kill: () => boolean): Promise<void> {
  process.off('exit', kill)
  const ended = once(child, 'exit')
  kill()
  await ended
}
