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
    ['with a limit', html`<code>attach(server, { maxRequestsPerConnection: ${plan.maxRequests} })</code>`],
    ['with a fleet', html`<code>attach(server, { fleet: createFleet({ store: ${plan.store} }) })</code>`],
    ['balancer', 'a TCP forwarder that chooses a server at random for each connection, as kube-proxy does'],
    ['Node', `${process.version} on ${process.platform}, ${availableParallelism()} processor cores`],
  ] as const
  return html`<section><h2>How it was run</h2>
<dl>
${parameters.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
</section>
<section><h2>How to read it</h2>
<p>Clients, balancer and all servers are processes of one machine, so that a new server adds no computing power here:
compare the runs with each other, not their latencies with other machines'. The peak of latency at the scale-out is the
new processes starting, and other work of the machine shows as well, most of all in p99. In production a limit is far higher, and connections are opened as much less often: a run
here lasts seconds, and not hours. A fleet opens as many for the same change of servers, however long it runs then.</p>
<p>With a limit, even is what chance allows: each new connection is a throw of the dice, so that shares differ from second
to second. In a fleet a server throws again only while it has more than its fair share, by 5 percent and what chance would
explain.</p>
</section>`
}
