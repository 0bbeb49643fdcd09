import { AppError, failed, type Outcome, succeeded, toAppError } from '../errors.ts';
import { contentSent, type OutgoingContent } from './content.ts';
import type { ProposedMessage, Ruling } from './decision.ts';
import type { NewMessage, SentMessage } from './message.ts';
import { fillVariables } from './variables.ts';

/** A message as it was sent, with the content where the app's policy put other text in its place. */
export type DecidedMessage = SentMessage & { readonly replaced?: OutgoingContent | undefined };

type Send = (message: NewMessage) => Promise<readonly Outcome<SentMessage>[]>;

/**
 * Sends what the app's policy lets pass, with the text that it puts in place of the given. Each receiver's message is decided on by itself, as
 * vendors ask about each. One outcome for each receiver: `CONTENT_REFUSED` for those it refuses.
 */
export async function sendDecided(
  message: NewMessage,
  decide: (proposed: ProposedMessage) => Promise<Ruling>,
  send: Send,
): Promise<readonly Outcome<DecidedMessage>[]> {
  const { senderId } = message;
  // Notices of the app itself are nobody's.
  if (senderId === undefined) return send(message);
  const rulings = await Promise.all(message.to.map((id) => decide(proposedTo(message, senderId, id))));
  const sends = Map.groupBy(message.to.keys(), (index) => groupOf(rulings[index]));
  const outcomes: Outcome<DecidedMessage>[] = rulings.map((ruling) => failed(refusalOf(ruling)));
  sends.delete(refused);
  await Promise.all(
    [...sends.values()].map(async (indexes) => {
      const to = indexes.flatMap((index) => message.to[index] ?? []);
      const replaced = replacedBy(message.content, rulings[indexes[0] ?? 0]);
      const whole = sends.size === 1 && to.length === message.to.length;
      const sent = await send({ ...message, to, ...(replaced && withoutPushTexts(message, replaced)) }).catch(
        (error: unknown) => {
          // A failure of the only send is one of the whole operation.
          if (whole) throw error;
          return to.map(() => failed(toAppError(error)));
        },
      );
      for (const [place, index] of indexes.entries())
        outcomes[index] = withReplaced(sent[place] ?? failed(new AppError('OUTCOME_UNKNOWN')), replaced);
    }),
  );
  return outcomes;
}

const withReplaced = (outcome: Outcome<SentMessage>, replaced: OutgoingContent | undefined): Outcome<DecidedMessage> =>
  outcome.ok && replaced ? succeeded({ ...outcome.value, replaced }) : outcome;

function proposedTo(message: NewMessage, senderId: string, id: string): ProposedMessage {
  const { kind, content, variables, mentions, metadata, push } = message;
  const values = variables?.get(id);
  return {
    to: { kind, id },
    senderId,
    content: contentSent(values ? fillVariables(content, values) : content),
    mentions,
    metadata,
    otherTexts: [push?.title, push?.body].filter((text) => text !== undefined),
  };
}

/** What a text is replaced by is sent as it is, and what a push would have shown of it is not. */
function withoutPushTexts({ push }: NewMessage, content: OutgoingContent): Partial<NewMessage> {
  return { content, variables: undefined, push: push && { ...push, title: undefined, body: undefined } };
}

export function replacedBy(content: OutgoingContent, ruling: Ruling | undefined): OutgoingContent | undefined {
  return ruling?.decision === 'REPLACE' && content.kind === 'TEXT' ? { ...content, text: ruling.text } : undefined;
}

/** Why a message is refused, in the words of the rule where it has some. */
export function refusalOf(ruling: Ruling | undefined): AppError {
  if (ruling?.decision !== 'REFUSE') return new AppError('OUTCOME_UNKNOWN');
  const said = [ruling.code, ruling.reason].filter((part) => part !== undefined).join(': ');
  return new AppError('CONTENT_REFUSED', said === '' ? undefined : said);
}

const refused = 'refused';
const asGiven = 'as given';

/** Messages of one group are sent together. */
function groupOf(ruling: Ruling | undefined): string {
  if (ruling?.decision === 'REPLACE') return `text ${ruling.text}`;
  return ruling?.decision === 'DELIVER' ? asGiven : refused;
}
