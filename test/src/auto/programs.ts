/** The programs that know nothing of Even Keel. */
export const programs = [
  'plain.js',
  'express.js',
  'koa.js',
  'fastify.js',
  'nest-express.js',
  'nest-fastify.js',
  'common.cjs',
] as const
