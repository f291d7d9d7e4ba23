import assert from 'node:assert/strict'
import { evenkeel } from '../evenkeel.js'

interface Line {
  readonly check: string
  readonly protocol: string
  readonly level: string
  readonly seen: string
  readonly verdict: string
}

/** What `doctor --json` prints, as far as tests ask. */
export interface Diagnosis {
  readonly findings: readonly Line[]
  readonly verdict: { readonly level: string; readonly sentences: readonly string[] }
  readonly settings: readonly { readonly server: string }[]
  readonly interrupted: boolean
  readonly budget: Record<'atMost' | 'sent', { readonly connections: number; readonly requests: number }>
  readonly seen: readonly {
    readonly protocol: string
    readonly idle?: { readonly connections: readonly { readonly after: number; readonly how: string }[] }
  }[]
}

/** A line of the expected table: what is looked at, the level (`fine or note` where time decides), and words of what is seen and of the verdict. */
export type Expected = readonly [check: string, level: string, seen: RegExp, verdict: RegExp]

/** Looks at a server, shortly. */
export async function diagnose(
  address: string,
  ...more: string[]
): Promise<Diagnosis & { code: number | null }> {
  const ran = await evenkeel(
    'doctor',
    address,
    '--json',
    ...['--idle', '20s', '--for', '1500ms', '--requests', '60', '--insecure'],
    ...more,
  )
  assert.notEqual(ran.code, 2, ran.stderr)
  const diagnosis = ran.json<Diagnosis>()
  const { atMost, sent } = diagnosis.budget
  assert.ok(
    sent.requests <= atMost.requests && sent.connections <= atMost.connections,
    JSON.stringify(diagnosis.budget),
  )
  return { ...diagnosis, code: ran.code }
}

/** Holds the findings by one protocol against a table, line by line. */
export function assertTable(
  { findings }: Diagnosis,
  protocol: 'http/1' | 'http/2',
  expected: readonly Expected[],
): void {
  const lines = findings.filter((line) => line.protocol === protocol)
  const said = lines
    .map(({ check, level, seen, verdict }) => `${check} | ${level} | ${seen} | ${verdict}`)
    .join('\n')
  assert.deepEqual(
    lines.map(({ check }) => check),
    expected.map(([check]) => check),
    said,
  )
  for (const [index, [, level, seen, verdict]] of expected.entries()) {
    assert.ok(
      level.split(' or ').includes(lines[index]?.level ?? ''),
      `${level} is not what stands in\n${said}`,
    )
    assert.match(lines[index]?.seen ?? '', seen)
    assert.match(lines[index]?.verdict ?? '', verdict)
  }
}
