/**
 * How long each peer keeps an idle connection to a server by default, in seconds, with the source. A proxy or a client
 * closes it then. A layer-4 balancer ({@link forgetful}) closes nothing.
 */
export const peers = {
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout */
  'aws-alb': 60,
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout */
  'aws-nlb': 350,
  /** https://learn.microsoft.com/en-us/azure/load-balancer/load-balancer-tcp-reset */
  azure: 240,
  /** https://developers.cloudflare.com/fundamentals/reference/connection-limits/ (proxy idle timeout) */
  cloudflare: 900,
  /** https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts (also Istio) */
  envoy: 3600,
  /** https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries (backend HTTP keepalive) */
  gcp: 600,
  /** https://pkg.go.dev/net/http#DefaultTransport (IdleConnTimeout) */
  go: 90,
  /** https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout */
  nginx: 60,
  /** https://doc.traefik.io/traefik/routing/services/#idleconntimeout */
  traefik: 90,
} as const

/** A peer whose idle timeout is known. */
export type Peer = keyof typeof peers

/**
 * Layer-4 balancers. They forget a connection that was idle for so long, and tell neither side: the next packet is
 * dropped or answered with a reset. So a server has to close before.
 */
export const forgetful: readonly Peer[] = ['aws-nlb', 'azure']

/** How far a server's idle timeout is from its peer's, in seconds. */
const margin = 5

/**
 * The idle timeout for a server behind a peer, in seconds. Behind a proxy it is 5 more than the proxy keeps an idle
 * connection by default, so that the proxy closes first. Behind a layer-4 balancer ({@link forgetful}) it is 5 less: that
 * one forgets the connection without a word, and its client would lose a request. NaN for a peer that is not known.
 */
export function idleBehind(peer: Peer): number {
  return peers[peer] + (forgetful.includes(peer) ? -margin : margin)
}
