import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Peer } from '@evenkeel/core'
import { idleAdvice, settingsFor } from '#cli/doctor/settings'

describe('what to set', () => {
  for (const [behind, idle, evenKeel, advice] of [
    [undefined, 65, 'attach(server)', /^The idle timeout must exceed that of the peer in front/],
    ['traefik', 95, "idleTimeoutBehind('traefik')", /^traefik closes .* after 90 s: .* 5 s more/],
    ['envoy', 3_605, "idleTimeoutBehind('envoy')", /^envoy closes .* after 3600 s: .* 5 s more/],
    ['aws-nlb', 345, "idleTimeoutBehind('aws-nlb')", /^aws-nlb forgets .* after 350 s: .* 5 s less/],
  ] as const) {
    it(`behind ${behind ?? 'what is not known'} is an idle timeout of ${idle} s on each server`, () => {
      const texts = new Map(
        settingsFor(undefined, behind as Peer | undefined).map(({ server, text }) => [server, text]),
      )
      for (const [server, text] of [
        ['nginx', `keepalive_timeout ${idle}s;`],
        ['Node', `keepAliveTimeout = ${idle}_000 `],
        ['HAProxy', `timeout http-keep-alive ${idle}s `],
        ['Go', `IdleTimeout: ${idle} * time.Second`],
        ['Tomcat', `keepAliveTimeout="${idle}000"`],
        ['Envoy', `idle_timeout: ${idle}s `],
        ['Even Keel', `${idle} s idle`],
        ['Even Keel', evenKeel],
      ] as const) {
        assert.ok(texts.get(server)?.includes(text), `${texts.get(server)} has no ${text}`)
      }
      assert.match(idleAdvice(behind), advice)
    })
  }
})
