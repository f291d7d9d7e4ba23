import http from 'node:http'; import http2 from 'node:http2'; import { once } from 'node:events'; import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { attach } from '@evenkeel/node'
// HTTP/2 early answers
for (const read of [true, false]) {
  const server = http2.createServer((q, s) => { if (read) { q.resume(); q.on('end', () => console.log('h2 upload whole')) } s.end('early') })
  const keel = attach(server); server.listen(0); await once(server, 'listening')
  const c = http2.connect('http://localhost:' + server.address().port); await once(c, 'connect')
  const st = c.request({ ':method': 'POST' }); st.write('first'); st.resume(); st.on('error', e => console.log(e.code)); st.on('close', () => console.log('client stream closed', st.rstCode))
  await once(st, 'response'); await wait(100)
  console.log('h2 read', read, [...keel.connections()].map(i => i.state + i.inFlight)); try { st.end('-half') } catch {}
  await wait(50); console.log([...keel.connections()].map(i => i.state + i.inFlight)); c.destroy(); server.close()
}
// upgrade pipelined behind a slow request, retired meanwhile
for (const bare of [true, false]) for (const when of ['before upgrade arrives', 'after', 'limit']) {
  let answer
  const server = http.createServer((q, s) => { answer = () => s.end('slow') })
  server.on('upgrade', (q, s) => { console.log('  upgrade event'); s.on('error', () => {}).write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'); s.pipe(s) })
  const keel = bare ? undefined : attach(server, { jitter: 0, ...(when === 'limit' && { maxRequestsPerConnection: 1 }) })
  server.listen(0); await once(server, 'listening')
  const c = connect(server.address().port, '127.0.0.1'); c.setEncoding('latin1'); let got = ''; c.on('data', d => got += d).on('end', () => got += '<FIN>').on('error', e => got += e.code); await once(c, 'connect')
  c.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n'); await once(server, 'request')
  if (when === 'before upgrade arrives') keel?.retire([...keel.connections()][0].key)
  c.write('GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'); await wait(50)
  if (when === 'after') keel?.retire([...keel.connections()][0].key)
  answer(); await wait(50); c.write('hello'); await wait(50)
  console.log(bare ? 'bare' : 'keel', when, JSON.stringify(got.replace(/Date[^\r]*\r\n/g, '')), keel && [...keel.connections()].map(i => i.state + i.inFlight + i.retired))
  c.destroy(); server.closeAllConnections(); server.close()
}
process.exit()
