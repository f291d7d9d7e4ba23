// A file as @fastify/autoload expects it: a plugin, and its options.
import type { ServerOptions } from '@evenkeel/fastify'

export { default } from '@evenkeel/fastify'
export const autoConfig: ServerOptions = { maxRequestsPerConnection: 7 }
