import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Result } from './expected.js'
import { behindNat, noNetwork } from './nat.js'
import { assertRecognised, briefly } from './recognised.js'

describe("the kernel's NAT in front of 3 servers, seen through 100 connections", () => {
  it('is random at layer 4', { skip: noNetwork }, async () => {
    const ran = await behindNat(3, briefly)
    assertRecognised(ran.json<Result>(), { reach: 'one', choices: ['random'] })
    assert.equal(ran.code, 1, ran.stderr)
  })
})
