import { availableParallelism } from 'node:os'
import { thousands } from '@evenkeel/example-stage/words'
import type { Outcome } from '../outcome.js'
import { newServers, seconds } from '../words.js'
import { type Html, html } from './html.js'

/** What was run, and what can be read from it and what not. */
export function renderParameters({ plan }: Outcome): Html {
  const parameters = [
    [
      'servers',
      `${plan.serversAtFirst}, then ${plan.servers}: ${newServers(plan)} started after ${seconds(plan.scaleOutAt)}`,
    ],
    [
      'clients',
      `${plan.connections}, each with one keep-alive connection, sending ${thousands(plan.pace)} requests a second`,
    ],
    ['length', `${plan.seconds} seconds each run; judged are those after second ${plan.judgedFrom}`],
    ['with Even Keel', html`<code>attach(server, { maxRequestsPerConnection: ${plan.maxRequests} })</code>`],
    ['balancer', 'a TCP forwarder that chooses a server at random for each connection, as kube-proxy does'],
    ['Node', `${process.version} on ${process.platform}, ${availableParallelism()} processor cores`],
  ] as const
  return html`<section><h2>How it was run</h2>
<dl>
${parameters.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
</section>
<section><h2>How to read it</h2>
<p>Clients, balancer and all servers are processes of one machine, so that a new server adds no computing power here:
compare the two runs with each other, not their latencies with other machines'. The peak of latency at the scale-out is the
new processes starting, and other work of the machine shows as well, most of all in p99. In production a limit is far higher, and connections are opened as much less often: a run
here lasts seconds, and not hours.</p>
<p>Even is what chance allows. Each new connection is a throw of the dice, so that shares differ by some percent from
second to second, and from run to run.</p>
</section>`
}
