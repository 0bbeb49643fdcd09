import type { ToldEvent } from '../../../domain/event.ts';
import type { CallbackRequest, ReadCallback } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { parseMillis } from '../time.ts';
import { parseBody } from './body.ts';
import { readOperation, readSync, readWebhook } from './messages.ts';
import { findShape, type Shape } from './shapes.ts';
import { unknownEvent } from './unknown.ts';

/** Reads the items of one callback; undefined when it says nothing that the domain has a word for. */
export type EventReader = (
  items: readonly Readonly<Record<string, unknown>>[],
  config: Config,
) => readonly ToldEvent[] | undefined;

const readers: Readonly<Record<string, EventReader>> = {
  'rongcloud.callback.message.sync': readSync,
  'rongcloud.callback.message.operation': readOperation,
  'rongcloud.callback.webhook.message.send': readWebhook,
};

/**
 * Reads a verified callback: messages sent and recalled are events of their own, everything else is one `UNKNOWN`.
 * Throws `BAD_USER_INPUT` for a body that is neither a form nor JSON.
 */
export function readCallback(request: CallbackRequest, config: Config): ReadCallback {
  const body = parseBody(request);
  const shape: Shape | undefined = findShape(body);
  const events = (shape && readers[shape.id]?.(body.items, config)) ?? [
    unknownEvent(body, shape, request, signedAt(request)),
  ];
  return { id: shape?.id ?? null, events };
}

/** When the callback was signed: the time of events that have none of their own. */
function signedAt({ query, headers }: CallbackRequest): Date {
  const text = query.get('timestamp') ?? query.get('signTimestamp') ?? headers['timestamp'];
  return parseMillis(text) ?? new Date(0);
}
