import { generate } from 'selfsigned'

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A new certificate for `localhost`. */
export async function makeCertificate(): Promise<Certificate> {
  const names = [{ name: 'commonName', value: 'localhost' }]
  const pems = await generate(names, { algorithm: 'sha256', keyType: 'ec', curve: 'P-256' })
  return { key: pems.private, cert: pems.cert }
}
