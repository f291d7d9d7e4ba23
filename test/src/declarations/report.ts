import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const packages = join(import.meta.dirname, '..', '..', '..', 'packages')

/** What a user can import, by package and entry. */
export const entries = [
  ['core', 'index'],
  ['node', 'index'],
  ['express', 'index'],
  ['koa', 'index'],
  ['fastify', 'index'],
  ['fleet', 'index'],
  ['prometheus', 'index'],
  ['prometheus', 'opentelemetry'],
  ['inspector', 'index'],
] as const

/**
 * Compares every exported declaration of an entry with its report, `packages/NAME/api/ENTRY.api.md`.
 *
 * @param write whether a report that differs is written anew.
 * @returns whether the report was up to date.
 */
export function isUpToDate([name, entry]: (typeof entries)[number], write: boolean): boolean {
  const projectFolder = join(packages, name)
  const reportFolder = join(projectFolder, 'api')
  if (write) mkdirSync(reportFolder, { recursive: true })
  const mainEntryPointFilePath = join(projectFolder, 'dist', `${entry}.d.ts`)
  const silent = { default: { logLevel: 'none' as never } }
  const config = ExtractorConfig.prepare({
    configObject: {
      newlineKind: 'lf',
      projectFolder,
      mainEntryPointFilePath,
      compiler: {
        // `AbortSignal` is a name that Node and browsers share. The extractor finds it among the browser's only.
        overrideTsconfig: {
          compilerOptions: {
            module: 'nodenext',
            strict: true,
            skipLibCheck: true,
            lib: ['es2023', 'dom'],
            types: ['node'],
          },
          files: [mainEntryPointFilePath],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: join(tmpdir(), 'evenkeel-api', name),
        reportFileName: entry,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
  })
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      if (message.logLevel === 'error') throw new Error(message.text)
      message.handled = true
    },
  })
  return !apiReportChanged
}
