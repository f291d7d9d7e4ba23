import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { instrument } from '@evenkeel/prometheus/opentelemetry'
import { metrics } from '@opentelemetry/api'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'

class Reader extends MetricReader {
  onForceFlush() {}
  onShutdown() {}
}

const reader = new Reader()
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))

const server = createServer((_request, response) =>
  reader.collect().then(({ resourceMetrics }) => response.end(JSON.stringify(resourceMetrics.scopeMetrics))),
)
instrument(attach(server, { maxRequestsPerConnection: 200 }))
server.listen(process.env.PORT)
