import { parseAllDocuments } from 'yaml'
import { type Block, blocks } from './block.js'

/** What one document of a YAML block asks Kubernetes for. */
export interface Manifest {
  readonly block: Block
  readonly apiVersion: string
  readonly kind: string
  // biome-ignore lint/suspicious/noExplicitAny: Kubernetes' own types are what the compiler holds it to.
  readonly value: any
}

export const manifests: readonly Manifest[] = blocks
  .filter(({ language }) => language === 'yaml')
  .flatMap((block) =>
    parseAllDocuments(block.text).flatMap((document) => {
      const value = document.toJS()
      return value?.kind === undefined
        ? []
        : [{ block, apiVersion: value.apiVersion, kind: value.kind, value }]
    }),
  )

/** A manifest as a program that compiles only if Kubernetes has all of its fields. */
export function sourceOf({ apiVersion, kind, value }: Manifest): string {
  const version = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`
  return `export const manifest: import('kubernetes-types/${version}.js').${kind} = ${JSON.stringify(value)}\n`
}
