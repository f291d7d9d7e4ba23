/** What every server answers to every request. */
export const hello = 'Hello World'

/**
 * Limits that no connection of the benchmark reaches. Finite, so that each request pays for the comparisons,
 * as it does under the limits of a real server.
 */
export const limits: Readonly<Record<'maxRequestsPerConnection' | 'maxConnectionAge', number>> = {
  maxRequestsPerConnection: 1e9,
  maxConnectionAge: 2 ** 31 - 1,
}

/** The idle timeout of every server, in milliseconds: the one that Even Keel would set, so that all advertise it. */
export const keepAliveTimeout = 65_000

/** By itself, with a middleware that does nothing, or with Even Keel. */
export type Kind = 'bare' | 'nothing' | 'evenkeel'

/** A server that answers on a port of its own. */
export type Start = (kind: Kind) => Promise<import('node:http').Server>
