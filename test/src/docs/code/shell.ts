import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../pages.js'
import { type Block, blocks } from './block.js'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

const cli = join(root, 'packages', 'cli')
const { bin } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { bin: { evenkeel: string } }

/** What pnpm does by itself. */
const ofPnpm = ['install', 'run', 'exec']

/** The lines of a block that somebody types: all of a shell block, and those of an indented one that begin like it. */
function commandsOf({ language, text }: Block): string[] {
  if (language !== 'sh' && language !== 'bash' && language !== '') return []
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n')
  return lines
    .map((line) => line.replace(/ +#.*$/, '').trim())
    .filter((line) => /^(?:[A-Z_]+=\S+ )*(?:npx|npm|pnpm|node|evenkeel)\b/.test(line))
}

export const commands: readonly { readonly block: Block; readonly command: string }[] = blocks.flatMap(
  (block) => commandsOf(block).map((command) => ({ block, command })),
)

/** What is wrong with a command, if anything: a script, a file, a flag that is not there. */
export function faultOf(command: string): string | undefined {
  const words = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word))
  const [tool = '', ...rest] = words[0] === 'npx' ? words.slice(1).filter((word) => word !== '-y') : words
  if (/^pnpm(@\d+)?$/.test(tool)) return faultOfScript(rest)
  if (tool === 'node') return faultOfNode(rest)
  if (tool === 'npm') return faultOfInstall(rest)
  if (tool === 'evenkeel') return faultOfProgram(join(cli, bin.evenkeel), rest)
  return `${tool} is not known: teach it to shell.ts`
}

function faultOfScript([name = '', ...rest]: readonly string[]): string | undefined {
  if (ofPnpm.includes(name)) return undefined
  const script = scripts[name]
  if (script === undefined) return `there is no script ${name}`
  const program = /node (\S+\/dist\/\S+\.js)(?: [^&]*)?$/.exec(script)?.[1]
  return program === undefined || rest.length === 0 ? undefined : faultOfProgram(join(root, program), rest)
}

/** A program of ours that prints its usage: flags, and the names before them, stand there. */
function faultOfProgram(file: string, words: readonly string[]): string | undefined {
  if (!existsSync(file)) return `there is no ${file.slice(root.length + 1)}`
  const [first = ''] = words
  const hasCommands = /^Commands:$/m.test(helpOf(file, []))
  const usage = wordsOf(helpOf(file, hasCommands && /^[a-z]+$/.test(first) ? [first] : []))
  const flags = words.filter((word) => word.startsWith('--'))
  const names = words.slice(0, flags[0] === undefined ? words.length : words.indexOf(flags[0]))
  const missing = [...flags, ...names].find((word) => /^(--[a-z-]+|[a-z]+)$/.test(word) && !usage.has(word))
  return missing === undefined ? undefined : `${missing} is not in its --help`
}

const helps = new Map<string, string>()

/** A program's usage, or that of one of its commands. */
function helpOf(file: string, command: readonly string[]): string {
  const words = [file, ...command, '--help']
  const told = helps.get(words.join(' ')) ?? spawned(words)
  helps.set(words.join(' '), told)
  return told
}

function wordsOf(usage: string): ReadonlySet<string> {
  return new Set(usage.match(/(?:--)?[a-z][a-z-]*/g))
}

function spawned(words: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  return stdout + stderr
}

function faultOfNode(words: readonly string[]): string | undefined {
  const file = words.find((word, index) => /\.[cm]?js$/.test(word) && words[index - 1] !== '--import')
  if (
    file?.includes('/') &&
    !existsSync(join(root, file.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))
  ) {
    return existsSync(join(root, file)) ? undefined : `there is no ${file}`
  }
  return undefined
}

function faultOfInstall(words: readonly string[]): string | undefined {
  const ours = words.flatMap((word) => /^@evenkeel\/(\w+)$/.exec(word)?.[1] ?? [])
  const missing = ours.find((name) => !existsSync(join(root, 'packages', name)))
  return missing === undefined ? undefined : `there is no package ${missing}`
}
