import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { createFleet, memoryStore, redisStore } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { attach, createCounter, idleTimeoutBehind, shutdown } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { instrument } from '@evenkeel/prometheus/opentelemetry'

const wrong = { '?': 1 } as never

/** The names that a call takes, as the error for another name lists them. */
async function namesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await (async () => call())().then(
    () => new Error('nothing was thrown'),
    (thrown: Error) => thrown,
  )
  const names = / use one of (.*?)(?:, or .*)?$/.exec(error.message)?.[1]
  if (names === undefined) throw error
  return names.split(', ')
}

/** Every option that there is, by what takes it. */
export async function knownOptions(): Promise<Readonly<Record<string, readonly string[]>>> {
  const keel = attach(createServer())
  return {
    attach: await namesOf(() => attach(createServer(), wrong)),
    shutdown: await namesOf(() => shutdown(createServer(), wrong)),
    // The signal is no limit of a drain: it is read before them.
    drain: [...(await namesOf(() => keel.drain(wrong))), 'signal'],
    createCounter: await namesOf(() => createCounter(wrong)),
    createFleet: await namesOf(() => createFleet({ store: memoryStore(), ...(wrong as object) })),
    redisStore: await namesOf(() =>
      redisStore({ sendCommand: () => Promise.resolve(), ...(wrong as object) }),
    ),
    inspector: await namesOf(() => inspector(keel, wrong)),
    collect: await namesOf(() => collect(keel, wrong)),
    instrument: await namesOf(() => instrument(keel, wrong)),
  }
}

/** The peers that `idleTimeoutBehind` knows. */
export function knownPeers(): Promise<readonly string[]> {
  return namesOf(() => idleTimeoutBehind('?' as never))
}

/** The variables that there are, as a program says that is started with another one. */
export async function knownVariables(): Promise<readonly string[]> {
  const { stderr } = spawnSync(process.execPath, ['--import', '@evenkeel/node/auto', '-e', ''], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { EVENKEEL_UNHEARD_OF: '1' },
  })
  return namesOf(() => {
    throw new Error(/^.*EVENKEEL_UNHEARD_OF .*$/m.exec(stderr)?.[0] ?? stderr)
  })
}
