import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from './lifecycle.ts';

/**
 * `/livez` says that the process runs, `/readyz` (also `/healthz`) whether to send it requests: not while it stops (`draining`), nor while
 * the disk takes no callbacks (`unavailable`).
 */
export function serveHealth(http: FastifyInstance, isReady: () => boolean, lifecycle: Lifecycle): void {
  http.get('/livez', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  for (const path of ['/readyz', '/healthz']) {
    http.get(path, async (_request, reply) => {
      const status = lifecycle.phase !== 'serving' ? 'draining' : isReady() ? 'ready' : 'unavailable';
      return reply
        .code(status === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status });
    });
  }
}
