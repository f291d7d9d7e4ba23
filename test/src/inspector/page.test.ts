import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspector } from '@evenkeel/inspector'
import { documented } from './documented.js'
import { FakeKeel } from './fake-keel.js'
import { serving } from './serving.js'

const page = inspector(new FakeKeel().keel)
const limit = { timeout: 20_000 }

describe('the page', limit, () => {
  it('is one file that its own policy allows to run, and nothing else', () =>
    serving(page, async ({ connect }) => {
      const client = await connect()
      const { status, headers, body } = await client.request('/keel')
      assert.equal(status, 200)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
          const [name = '', ...values] = rule.split(' ')
          return [name, values.join(' ')]
        }),
      )
      for (const [element, directive] of [
        ['script', 'script-src'],
        ['style', 'style-src'],
      ] as const) {
        const [, text = '', ...others] = body.split(new RegExp(`</?${element}>`))
        assert.equal(others.length, 1, `there is one ${element}`)
        const hash = createHash('sha256').update(Buffer.from(text, 'latin1')).digest('base64')
        assert.equal(policy.get(directive), `'sha256-${hash}'`)
      }
      assert.equal(policy.get('default-src'), "'none'")
      assert.equal(policy.get('connect-src'), "'self'")
      assert.equal(policy.get('frame-ancestors'), "'none'")
      assert.doesNotMatch(body, /\b(?:src|href)="(?!data:)/, 'it names nothing to fetch')
    }))

  it('is for no cache, no other site, and is not guessed about', () =>
    serving(page, async ({ connect }) => {
      const client = await connect()
      for (const path of ['/keel', '/keel?events']) {
        const { status, headers } = await client.request(path, { method: 'HEAD' })
        assert.equal(status, 200)
        assert.equal(headers.get('cache-control'), 'no-store, no-transform')
        assert.equal(headers.get('x-content-type-options'), 'nosniff')
        assert.equal(headers.get('referrer-policy'), 'no-referrer')
        assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
      }
    }))

  it('answers HEAD like GET, and without a body', () =>
    serving(page, async ({ connect }) => {
      const client = await connect()
      const get = await client.request('/keel')
      const head = await client.request('/keel', { method: 'HEAD' })
      assert.equal(head.headers.get('content-length'), String(get.body.length))
      assert.equal(client.rest, '')
    }))

  it('is only to look at: 405 to any other method, and what is allowed', () =>
    serving(page, async ({ connect }) => {
      const client = await connect()
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const { status, headers, body } = await client.request('/keel', { method })
        assert.equal(status, 405)
        assert.equal(headers.get('allow'), 'GET, HEAD')
        assert.equal(body, `${method} is not allowed: this page is only to look at.\n`)
      }
    }))

  it('says what is wrong with what it was given, and the cure', () => {
    const { keel } = new FakeKeel()
    const middleware = Object.assign(() => undefined, { keel: undefined })
    for (const [make, message] of [
      [() => inspector(undefined as never), /^keel is undefined: give what attach\(\) returns/],
      [() => inspector(middleware), /^keel is a function: give the function \(\) => middleware\.keel/],
      [() => inspector(() => 7 as never), /^keel is 7: give /],
      [() => inspector(keel, { maxViewers: 0 }), /^maxViewers is 0: give a whole number of 1 or more$/],
      [
        () => inspector(keel, { maxViewers: '5' as never }),
        /^maxViewers is "5": give a number, not a string/,
      ],
      [
        () => inspector(keel, { maxViewer: 5 } as object),
        /^maxViewer \(5\) is not an option: did you mean maxViewers\?$/,
      ],
      [() => inspector(keel, { name: '' }), /^name is "": give a text that is not empty$/],
      [
        () => inspector(keel, { path: '/keel' } as object),
        RegExp(
          `^path \\("/keel"\\) is not an option: remove it, or use one of ${documented('Options').join(', ')}$`,
        ),
      ],
      [() => inspector(keel, [] as object), /^options is an array: give an object such as/],
    ] as const) {
      assert.throws(make, { name: 'OptionError', message })
    }
  })
})
