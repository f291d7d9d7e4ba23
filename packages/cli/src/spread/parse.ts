import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'

/** Reads `--from`. */
export function addresses(value: string): readonly string[] {
  const given = value.split(',').map((address) => address.trim())
  if (given.every((address) => isIP(address) !== 0)) return given
  throw new InvalidArgumentError(
    'Give IP addresses of this machine with commas between, such as 10.0.0.5,10.0.0.6.',
  )
}

/** Reads `--header`, and adds it to those before. */
export function header(
  value: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, text] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(value) ?? []
  if (name !== undefined && text !== undefined) return { ...before, [name]: text }
  throw new InvalidArgumentError("Give a name, a colon and a value, such as 'authorization: Bearer 123'.")
}
