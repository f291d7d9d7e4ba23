import type { Protocol } from './channel/channel.js'

export const protocolChoices = ['auto', 'http1', 'http2'] as const
export type ProtocolChoice = (typeof protocolChoices)[number]

export function protocolsOf(choice: ProtocolChoice): readonly Protocol[] {
  return choice === 'auto' ? ['http/1', 'http/2'] : [choice === 'http1' ? 'http/1' : 'http/2']
}
