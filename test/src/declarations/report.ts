import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const packages = join(import.meta.dirname, '..', '..', '..', 'packages')
const temporary = join(tmpdir(), `evenkeel-api-${process.pid}`)
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

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

export type Entry = (typeof entries)[number]

/** What an entry declares, with its doc comments, once {@link isUpToDate} has looked at it. */
export function modelFile([name, entry]: Entry): string {
  return join(temporary, name, `${entry}.api.json`)
}

/**
 * Compares every exported declaration of an entry with its report, `packages/NAME/api/ENTRY.api.md`.
 *
 * @param write whether a report that differs is written anew.
 * @returns whether the report was up to date.
 */
export function isUpToDate(entry: Entry, write: boolean): boolean {
  const config = configOf(entry)
  if (write) mkdirSync(config.reportFolder, { recursive: true })
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    compilerState: compile(config),
    messageCallback: (message) => {
      if (message.logLevel === 'error') throw new Error(message.text)
      message.handled = true
    },
  })
  return !apiReportChanged
}

let compiled: CompilerState | undefined

/** All entries are compiled at once, which takes a third of the time. */
function compile(config: ExtractorConfig): CompilerState {
  compiled ??= CompilerState.create(config, { additionalEntryPoints: entries.map(declarationsOf) })
  return compiled
}

function declarationsOf([name, entry]: Entry): string {
  return join(packages, name, 'dist', `${entry}.d.ts`)
}

function configOf(entry: Entry): ExtractorConfig {
  const [name, reportFileName] = entry
  const projectFolder = join(packages, name)
  const mainEntryPointFilePath = declarationsOf(entry)
  const silent = { default: { logLevel: 'none' as never } }
  return ExtractorConfig.prepare({
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
        reportFolder: join(projectFolder, 'api'),
        reportTempFolder: join(temporary, name),
        reportFileName,
      },
      docModel: { enabled: true, apiJsonFilePath: modelFile(entry) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
  })
}
