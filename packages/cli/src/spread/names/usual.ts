/** What servers, proxies and hosters call themselves by. */
const usual =
  /^(header:(x-)?(served-by|server-(id|name|instance)|backend(-server|-id|-name)?|upstream(-addr)?|node(-id|-name)?|pod(-name)?|instance(-id)?|host(name)?|container(-id)?|worker(-id)?|replica)|cookie:(serverid|srv|route|backend)|body:(.*\.)?(server|host|hostname|pod|instance|node|backend|container|worker|replica)(_?(id|name))?)$/i

/** What differs between answers for other reasons: time, size, caches, limits and ids. */
const others =
  /(^header:(date|age|etag|expires|last-modified|vary|content-.*|cache-control|keep-alive|connection|transfer-encoding|alt-svc|nel|report-to|strict-.*|.*cache.*|.*ratelimit.*|.*rate-limit.*|retry-after)$)|((request|trace|correlation|session|span)[-_]?id|traceparent|csrf|nonce|timing|time$|timestamp|duration|latency|elapsed|runtime|uptime|memory|random|count(er)?$)/i

/** Whether it is usual to name a server with. */
export function isUsualName(field: string): boolean {
  return usual.test(field)
}

/** Whether it tells of something else than the server. */
export function isNoName(field: string): boolean {
  return others.test(field)
}
