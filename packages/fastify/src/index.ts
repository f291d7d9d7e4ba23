import { attach, isReady, type Keel, Keels, type ServerOptions } from '@evenkeel/node'
import type { FastifyPluginAsync, RegisterOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

export * from '@evenkeel/node'

declare module 'fastify' {
  interface FastifyInstance {
    /** The keel of the instance's server. */
    evenkeel: Keel
    /** The keels of all its servers that are open: `localhost` can be two addresses with a server each. */
    evenkeels: Iterable<Keel>
  }
}

/** What else comes with the options: from `register`, Avvio (`name`) and fastify-cli (`skipOverride`). */
type Given = ServerOptions & RegisterOptions & { name?: unknown; skipOverride?: unknown }

const plugin: FastifyPluginAsync<ServerOptions> = async (fastify, given: Given = {}) => {
  if (!fastify.decorate) throw new TypeError('evenkeel was called: give app.register(evenkeel, options)')
  const { prefix, logLevel, logSerializers, name, skipOverride, ...options } = given
  if (fastify.hasDecorator('evenkeel')) {
    attach(fastify.server, options)
    return
  }
  const keels = new Keels(options)
  fastify.decorate('evenkeel', keels.attach(fastify.server))
  fastify.decorate('evenkeels', keels)
  // `localhost` can be two addresses. Fastify then listens with a second server, which only its requests name.
  fastify.addHook('onRequest', (request, reply, next) => {
    keels.meet(request.raw, reply.raw)
    next()
  })
  fastify.addHook('preClose', () => keels.leave())
  fastify.addHook('onClose', async () => keels.detach())
}

/**
 * Fastify plugin: retires the connections of the instance's server, in whatever encapsulation it is registered.
 * `fastify.evenkeel` is the keel; closing the instance detaches it.
 *
 * @throws {@link OptionError} (from `register`) for an option that cannot be used.
 */
export const evenkeel: FastifyPluginAsync<ServerOptions> = fastifyPlugin(plugin, {
  fastify: '5.x',
  name: '@evenkeel/fastify',
})
export default evenkeel

/** Fastify handler, over every protocol, that answers a readiness probe: 200, and 503 as soon as a shutdown begins. */
export async function probe(
  request: { readonly raw: Parameters<typeof isReady>[0] },
  reply: { code(status: number): { headers(values: object): unknown } },
): Promise<string> {
  const ready = isReady(request.raw)
  const type = 'text/plain; charset=utf-8'
  reply.code(ready ? 200 : 503).headers({ 'cache-control': 'no-store', 'content-type': type })
  return ready ? 'ready\n' : 'leaving\n'
}
