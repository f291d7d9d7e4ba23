import { evenkeel } from '@evenkeel/express'

// @ts-expect-error: the types are there, and know the options.
evenkeel({ maxRequestsPerConection: 200 })
