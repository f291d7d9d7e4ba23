import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cureOf } from '#cli/doctor/channel/connect'

describe('the cure for a connection that cannot be opened', () => {
  for (const [code, cure] of [
    ['ERR_SSL_WRONG_VERSION_NUMBER', /^the server does not speak TLS there: try http:/],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', /does not speak TLS/],
    ['EPROTO', /does not speak TLS/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /^--insecure takes any certificate$/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /^--insecure/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /^--insecure/],
    ['CERT_HAS_EXPIRED', /^--insecure/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /^check the address/],
    ['ECONNREFUSED', /^check the address, and that the server listens there$/],
    [undefined, /^check the address/],
  ] as const) {
    it(`with ${code ?? 'no code'} is: ${cure.source}`, () => {
      const error: NodeJS.ErrnoException = new Error('refused')
      if (code !== undefined) error.code = code
      assert.match(cureOf(error), cure)
    })
  }
})
