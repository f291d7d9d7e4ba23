import { generate } from 'selfsigned'

const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
  algorithm: 'sha256',
  keyType: 'ec',
  curve: 'P-256',
})

/** A certificate for `localhost`, made anew in each process. */
export const certificate: { readonly key: string; readonly cert: string } = {
  key: pems.private,
  cert: pems.cert,
}
