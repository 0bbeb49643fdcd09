import type { EventWanted } from '../domain/context.ts';
import { eventId } from '../domain/id.ts';
import type { EventNode } from '../domain/node.ts';
import type { StoredEvent } from './log.ts';

/** `MESSAGE_SENT` is a `MessageSentEvent`. */
function eventTypeName(type: string): string {
  return `${type.toLowerCase().replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Event`;
}

/** An event as resolvers have it, with the cursor of its place in the reader's stream. */
export function eventNode(event: StoredEvent, cursor: string): EventNode {
  return {
    __typename: eventTypeName(event.draft.payload.type),
    id: eventId(event),
    cursor,
    app: event.app,
    occurredAt: event.draft.occurredAt,
    receivedAt: new Date(event.receivedAt),
    payload: event.draft.payload,
  };
}

/** Whether an event passes a reader's filter. */
export function isWanted({ app, draft }: StoredEvent, wanted: EventWanted): boolean {
  if (wanted.types && !wanted.types.includes(draft.payload.type)) return false;
  const meets = (subjects: readonly string[]) => draft.subjects.some((subject) => subjects.includes(subject));
  if (wanted.subjects && !meets(wanted.subjects.get(app) ?? [])) return false;
  return (wanted.also ?? []).every(meets);
}
