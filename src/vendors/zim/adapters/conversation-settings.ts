import type { ConversationKey, ConversationLabel, ConversationsUpdate } from '../../../domain/conversation.ts';
import type { Receiver } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { oneByOne } from '../../bulk.ts';
import { conversation } from '../endpoints/conversation.ts';
import { clear } from '../endpoints/message.ts';
import { errorOf } from '../envelope.ts';
import { type Context, nothing, outcomesOf, refuse } from './values.ts';

/** One call of a change of several conversations. */
interface Step {
  readonly peers: readonly Receiver[];
  /** An outcome for each of them. */
  readonly send: () => Promise<readonly Outcome[]>;
}

/** What users set of their conversations. The vendor takes it all and tells none of it. */
export function settingsOperations({ call }: Context) {
  const pin = (FromUserId: string, isPinned: boolean, options?: RequestOptions) => (peers: readonly Receiver[]) => ({
    peers,
    send: async () => {
      const ConvList = peers.map(({ kind, id }) => ({ ConvId: id, ConvType: typeOf(kind) }));
      const params = { FromUserId, ConvList, PinnedType: isPinned ? (1 as const) : (0 as const) };
      return outcomesOf(await call(conversation.pin, params, options), idsOf(peers), nothing);
    },
  });

  const mute = (FromUserId: string, Enable: boolean, options?: RequestOptions) => (peers: readonly Receiver[]) => ({
    peers,
    send: async () => {
      const ConvIds = idsOf(peers);
      const params = { FromUserId, ConvType: typeOf(peers[0]?.kind), ConvIds, Enable };
      const reply = await call(conversation.mute, params, options);
      return outcomesOf(reply, ConvIds, nothing).map((outcome) => (isSoAlready(outcome) ? done : outcome));
    },
  });

  /** The vendor does not tell which mark of a conversation failed: one that did fails the conversation. */
  const mark = (update: ConversationsUpdate, peers: readonly Receiver[], options?: RequestOptions): Step => ({
    peers,
    send: async () => {
      const { ownerId: FromUserId, addLabels, removeLabels } = update;
      const ConvMarkInfoList = [
        ...addLabels.map((label) => markItem(FromUserId, label, peers, true)),
        ...removeLabels.map((label) => markItem(FromUserId, label, peers, false)),
      ];
      const { FailList } = await call(conversation.mark, { FromUserId, ConvMarkInfoList }, options);
      const whole = FailList.find(({ SubCode }) => SubCode !== undefined && SubCode !== 0);
      if (whole) throw refusalOf(String(whole.SubCode), whole.SubMessage);
      const unmarked = new Set(
        FailList.flatMap((each) => each.FailList).map(({ ConvId, ConvType }) => `${ConvType === 2 ? 2 : 0} ${ConvId}`),
      );
      return peers.map(({ kind, id }) => (unmarked.has(`${typeOf(kind)} ${id}`) ? failed(notMarked()) : done));
    },
  });

  const empty = async ({ ownerId: FromUserId, peer }: ConversationKey, options?: RequestOptions) => {
    if (peer.kind === 'group') await call(clear.inGroup, { FromUserId, GroupId: peer.id }, options);
    else await call(clear.withUser, { FromUserId, ToUserId: peer.id }, options);
  };

  return {
    'User.conversationLabels': { max: 100, load: async (keys) => keys.map(() => labels) },

    'Mutation.updateConversations': async (update, options) => {
      checkUpdate(update);
      const { ownerId, isPinned, notificationLevel, addLabels, removeLabels } = update;
      const peers = update.peers.filter(({ kind }) => kind !== 'chatroom');
      const steps: Step[] = [
        ...(isPinned === undefined ? [] : batchesOf(peers, 20).map(pin(ownerId, isPinned, options))),
        ...(notificationLevel === undefined
          ? []
          : batchesOf(peers, 10).map(mute(ownerId, notificationLevel === 'NONE', options))),
        ...(peers.length === 0 || addLabels.length + removeLabels.length === 0 ? [] : [mark(update, peers, options)]),
      ];
      const outcomes = await oneByOne(steps, async ({ send }) => succeeded(await send()));
      return update.peers.map((peer) => outcomeOf(peer, steps, outcomes));
    },

    'Mutation.deleteConversations': ({ conversations, keepHistory }, options) =>
      each(conversations, async (key) => {
        if (!keepHistory) await empty(key, options);
        const { ownerId: FromUserId, peer } = key;
        await call(conversation.remove, { FromUserId, ConvId: peer.id, ConvType: typeOf(peer.kind) }, options);
      }),

    'Mutation.markConversationsRead': (conversations, options) =>
      oneByOne(conversations, async ({ ownerId: FromUserId, peer }) => {
        // Of chatrooms the vendor counts nothing.
        if (peer.kind === 'chatroom') return done;
        const params = { FromUserId, ConvId: peer.id, ConvType: typeOf(peer.kind) };
        return call(conversation.clearUnread, params, options).then(() => done, unlessUnknown);
      }),

    'Mutation.clearHistory': async ({ conversations, before }, options) => {
      refuse(before !== undefined, 'input.before', 'moment up to which histories are emptied');
      return each(conversations, (key) => empty(key, options));
    },
  } satisfies Partial<Operations>;
}

const done: Outcome = succeeded(undefined);

/** The vendor has no conversation without messages, nor one that is not among the newest 1000: neither has what could be read. */
function unlessUnknown(error: unknown): Outcome {
  if (error instanceof AppError && error.details.vendorCode === conversationUnknown) return done;
  throw error;
}

/** Catalogue: errors, 660800002. */
const conversationUnknown = '660800002';

const idsOf = (peers: readonly Receiver[]) => peers.map(({ id }) => id);
const typeOf = (kind: Receiver['kind'] | undefined) => (kind === 'group' ? (2 as const) : (0 as const));

/** Conversations one by one; those with chatrooms are none at this vendor. */
const each = (conversations: readonly ConversationKey[], change: (key: ConversationKey) => Promise<void>) =>
  oneByOne(conversations, async (key) => {
    if (key.peer.kind === 'chatroom') return failed(noChatrooms());
    await change(key);
    return done;
  });

/** Small codes are the vendor's word for a failure here, and the gateway's own only as the code of a whole answer. */
const refusalOf = (vendorCode: string, said: string | null | undefined): AppError =>
  vendorCode.length > 3
    ? errorOf(vendorCode, said, conversation.mark)
    : new AppError('VENDOR_REJECTED', said ? `The vendor said: ${said.slice(0, 300)}` : undefined, { vendorCode });

const noChatrooms = () => new AppError('NOT_SUPPORTED', 'Users have no conversations with chatrooms at this vendor.');
const notMarked = () => new AppError('VENDOR_REJECTED', 'The vendor did not mark this conversation.');

/** Pieces of one kind each: a mute is of one, and a failure names the conversation by its id alone. */
function batchesOf(peers: readonly Receiver[], max: number): Receiver[][] {
  const batches: Receiver[][] = [];
  for (const wanted of ['direct', 'group'] as const) {
    const ids = new Set(peers.filter(({ kind }) => kind === wanted).map(({ id }) => id));
    const unique = [...ids].map((id): Receiver => ({ kind: wanted, id }));
    for (let start = 0; start < unique.length; start += max) batches.push(unique.slice(start, start + max));
  }
  return batches;
}

/** The first failure of the steps that a conversation was in. */
function outcomeOf(peer: Receiver, steps: readonly Step[], outcomes: readonly Outcome<readonly Outcome[]>[]): Outcome {
  if (peer.kind === 'chatroom') return failed(noChatrooms());
  for (const [index, { peers }] of steps.entries()) {
    const place = peers.findIndex(({ kind, id }) => kind === peer.kind && id === peer.id);
    const step = outcomes[index];
    if (place === -1 || !step) continue;
    const outcome = step.ok ? step.value[place] : step;
    if (!outcome?.ok) return failed(outcome?.error ?? new AppError('OUTCOME_UNKNOWN'));
  }
  return done;
}

/** That a conversation is muted, or not, as it shall be (catalogue: errors). */
const soAlready: ReadonlySet<string | undefined> = new Set(['660800051', '660800052']);
const isSoAlready = (outcome: Outcome) => !outcome.ok && soAlready.has(outcome.error.details.vendorCode);

const mostLabels = 30;

/** The vendor's marks are numbers; they are there without being made. */
const labels = Array.from(
  { length: mostLabels },
  (_, index): ConversationLabel => ({ key: String(index + 1), name: null, createdAt: null }),
);

/** Throws `NOT_SUPPORTED` and `BAD_USER_INPUT` for levels and labels that the vendor lacks. */
function checkUpdate({ notificationLevel, addLabels, removeLabels }: ConversationsUpdate): void {
  const isLevel = notificationLevel === undefined || notificationLevel === 'ALL' || notificationLevel === 'NONE';
  refuse(!isLevel, 'input.notificationLevel', 'levels but ALL and NONE');
  for (const [input, keys] of [
    ['input.addLabels', addLabels],
    ['input.removeLabels', removeLabels],
  ] as const) {
    if (keys.every((key) => labels.some((label) => label.key === key))) continue;
    throw new AppError('BAD_USER_INPUT', `${input} must be numbers from 1 to ${mostLabels}.`, { input });
  }
}

/** One mark of many conversations, as maps by their ids. */
function markItem(UserId: string, label: string, peers: readonly Receiver[], Action: boolean) {
  const ofKind = (wanted: Receiver['kind']) => {
    const ids = peers.filter(({ kind }) => kind === wanted).map(({ id }) => id);
    return ids.length === 0 ? undefined : new Map(ids.map((id) => [id, { MarkContent: Number(label) }]));
  };
  return { UserId, SetMarkC2c: ofKind('direct'), SetMarkGroup: ofKind('group'), Action };
}
