import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bounds } from '../bounds.ts';
import { parseJsonText, readBody } from './body.ts';
import type { Places } from './places.ts';

/** Has routes take bodies of JSON, within the bounds, and no others. */
export function readJsonBodies(scope: FastifyInstance, { bounds, places }: { bounds: Bounds; places: Places }): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const text = await readBody(request, payload, { limit: bounds.bodyBytes, holding: places.bytesOf(request.raw) });
    return parseJsonText(text, bounds.jsonDepth);
  });
}
