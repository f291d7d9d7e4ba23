import { type Peer, peers } from '@evenkeel/core'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { count, duration } from '../command/arguments.js'
import { type ProtocolChoice, protocolChoices } from './protocols.js'

/** What `doctor` is told. Durations in milliseconds. */
export interface Flags {
  readonly idle: number
  readonly requests: number
  readonly for: number
  readonly behind?: Peer
  readonly protocol: ProtocolChoice
  readonly header?: ReadonlyMap<string, string>
  readonly uploadMethod: string
  readonly timeout: number
  readonly insecure?: true
}

const uploadMethods = ['GET', 'POST', 'PUT']

export function addFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--idle <duration>', 'how long to leave connections idle, at most')
        .argParser(duration({ min: 100, max: 7_200_000 }))
        .default(90_000, '90s'),
    )
    .addOption(
      new Option('--requests <number>', 'how many requests to send on a connection, at most')
        .argParser(count({ min: 2, max: 100_000 }))
        .default(2_000),
    )
    .addOption(
      new Option('--for <duration>', 'how long to keep connections in use, at most')
        .argParser(duration({ min: 100, max: 7_200_000 }))
        .default(90_000, '90s'),
    )
    .addOption(
      new Option('--behind <peer>', 'what stands in front of the server').choices(Object.keys(peers)),
    )
    .addOption(
      new Option('--protocol <name>', 'what to speak; auto tries both')
        .choices(protocolChoices)
        .default('auto'),
    )
    .addOption(
      new Option('--header <line>', 'a header for every request, "name: value"; may be repeated').argParser(
        header,
      ),
    )
    .addOption(
      new Option('--upload-method <method>', 'the method of uploads; GET does no harm')
        .choices(uploadMethods)
        .default('GET'),
    )
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for a connection or an answer')
        .argParser(duration({ min: 100, max: 600_000 }))
        .default(10_000, '10s'),
    )
    .option('--insecure', 'take any certificate')
}

function header(line: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*([^\r\n]*)$/.exec(line) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Give "name: value".')
  return new Map([...before, [name.toLowerCase(), value]])
}
