import { redisStore } from '@evenkeel/fleet'

/**
 * Ends the process with code 2 where a Redis does not answer: nobody should wait for two runs only to learn that.
 *
 * @returns the store as it is written in a program, without a password.
 */
export async function findRedis(url: string): Promise<string> {
  const store = redisStore(url)
  // A store keeps no process alive, and there is nothing else yet.
  const alive = setInterval(() => {}, 1_000)
  try {
    await store.members('rebalance')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.error(`error: ${store.name} does not answer (${reason}): give the --redis of one that runs.`)
    process.exit(2)
  }
  await store.close()
  clearInterval(alive)
  return `redisStore('${store.name}')`
}
