// The command, servers and the kernel's balancer in one network, which is to be one of its own:
//   unshare --net node nat-program.js SERVERS ARGUMENTS…

import { balance, front, portOf, setUp } from '../../fleet/nat/network.js'
import { evenkeel } from '../evenkeel.js'
import { listen } from './servers.js'

const [servers, ...parameters] = process.argv.slice(2)
const count = Number(servers)
setUp()
const { end } = await listen(
  Array.from({ length: count }, (_, server) => ({ host: front.host, port: portOf(server) })),
)
balance(count)
console.log(JSON.stringify(await evenkeel('spread', `http://${front.host}:${front.port}/`, ...parameters)))
await end()
