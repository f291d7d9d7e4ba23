import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { NodeVersion } from '../cell.js'

const binaries = new Map<NodeVersion, Promise<string>>()

/** The binary of a Node version: the one that runs, or the one that npm brings. */
export function nodeOf(version: NodeVersion): Promise<string> {
  const binary = binaries.get(version) ?? find(version)
  binaries.set(version, binary)
  return binary
}

async function find(version: NodeVersion): Promise<string> {
  if (process.versions.node.startsWith(`${version}.`)) return process.execPath
  const { stdout } = await promisify(execFile)('npx', ['-y', `node@${version}`, '-p', 'process.execPath'])
  return stdout.trim()
}
