import type { Choice, ChoiceFound } from '../judge/choice.js'
import type { Finding } from './finding.js'

const tellings: Readonly<Record<Choice, Omit<Finding, 'check'>>> = {
  'client-address': {
    level: 'bad',
    seen: 'each local address reached one server',
    verdict: 'by the client’s address: all clients behind one address share a server',
    cure: 'have it choose without the address; until then a client that connects again comes back to its server',
  },
  'least-connections': {
    level: 'fine',
    seen: 'new connections went to the server whose connections had been closed',
    verdict: 'least connections',
  },
  'round-robin': {
    level: 'fine',
    seen: 'each server in its turn, whatever was closed',
    verdict: 'round robin',
  },
  'in-turn': {
    level: 'fine',
    seen: 'servers in a fixed order',
    verdict: 'round robin, or the least loaded one, which cannot be told here',
  },
  'steadier-than-chance': {
    level: 'fine',
    seen: 'in no fixed order, and yet more regular than chance',
    verdict:
      'in turns or least connections, by workers that know nothing of each other, or the better of a few',
  },
  random: {
    level: 'fine',
    seen: 'in no order',
    verdict: 'at random, or by a hash of address and port, which looks the same',
  },
  'in-runs': {
    level: 'note',
    seen: 'several in a row to the same server, more often than by chance',
    verdict: 'it stays with a server for a while',
  },
}

/** @param choice nothing where it could not be judged. */
export function tellChoice(choice: ChoiceFound | undefined): Finding {
  if (choice !== undefined) return { check: 'the choice', ...tellings[choice.choice] }
  return {
    ...{ check: 'the choice', level: 'unknown', seen: 'too few connections', verdict: 'cannot be told' },
    cure: 'give more --connections',
  }
}
