import { randomUUID } from 'node:crypto';
import { type SignedCallback, signers } from '../test/support/signed-callbacks.ts';

/** The rules of the bench: `words` words in three lists, of which one is looked for in every spelling, and one rule of every other kind. */
// biome-ignore-start lint/suspicious/noThenProperty: so the configuration calls it
export const rulesOf = (words: number) => {
  const list = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}x`);
  const few = Math.floor(words / 10);
  return {
    rules: [
      { name: 'banned', senders: ['eve'], then: 'REFUSE' },
      { name: 'links', links: { except: ['example.com'] }, then: 'FLAG' },
      { name: 'numbers', patterns: ['\\bcard\\W+\\d{4}\\b', '\\b1[3-9]\\d{9}\\b'], then: 'REFUSE' },
      {
        name: 'refused',
        keywords: list('refused', words - 2 * few),
        confusables: true,
        spacedLetters: true,
        then: 'REFUSE',
      },
      { name: 'starred', keywords: list('starred', few), wholeWords: true, then: 'REPLACE' },
      { name: 'dropped', keywords: list('dropped', few), then: 'DROP' },
    ],
  };
};
// biome-ignore-end lint/suspicious/noThenProperty: so the configuration calls it

type Answer = Readonly<Record<string, unknown>>;

/** What is asked, and what is right to answer, by the vendor's own page. */
interface Question {
  readonly callback: SignedCallback;
  readonly isRight: (answer: Answer) => boolean;
}

export interface QuestionForm {
  readonly name: string;
  readonly slug: keyof typeof signers;
  /** How long the vendor waits, in milliseconds, by its page. */
  readonly waitMs: number;
  readonly ask: (serial: number) => Question;
}

type Kind = 'passes' | 'refused' | 'starred' | 'dropped';

/** What is written in the middle of a text, and what becomes of it. */
const middles: readonly { readonly kind: Kind; readonly word: (serial: number) => string }[] = [
  { kind: 'passes', word: () => 'fine' },
  { kind: 'refused', word: (serial) => `REFUSED${serial % 900}X` },
  { kind: 'passes', word: (serial) => `un-refused ${serial % 900} x` },
  { kind: 'starred', word: (serial) => `Starred${serial % 900}X` },
  { kind: 'refused', word: (serial) => `r\u0435fus\u0435d${serial % 900}x` },
  { kind: 'passes', word: () => 'see https://example.com/help' },
  { kind: 'refused', word: (serial) => [...`refused${serial % 900}x`].join(' ') },
  { kind: 'dropped', word: (serial) => `DROPPED${serial % 900}X` },
  { kind: 'refused', word: () => 'card: 4111' },
];

/** A text of some length, what it comes to, and what it is when its word is starred out. */
function said(serial: number): { readonly kind: Kind; readonly text: string; readonly starred: string } {
  const { kind, word: wordOf } = middles[serial % middles.length] ?? { kind: 'passes', word: () => '' };
  const filling = 'how are you today? 今天天气很好 '.repeat(1 + (serial % 40));
  const word = wordOf(serial);
  const written = (middle: string) => `${filling}${middle} number ${serial}`;
  return { kind, text: written(word), starred: written('*'.repeat(word.length)) };
}

const messageId = () => `B${randomUUID().slice(0, 8)}`;

/** ZIM, before_send_msg: `result` 0 neutral, 2 reaches nobody, 3 refused; `new_msg_body` in place of the text. */
const zim: QuestionForm = {
  name: 'zim before_send_msg',
  slug: 'zim',
  waitMs: 2_500,
  ask(serial) {
    const { kind, text, starred } = said(serial);
    const result = { passes: 0, starred: 0, dropped: 2, refused: 3 }[kind];
    return {
      callback: signers.zim({
        event: 'before_send_msg',
        request_id: `${serial}`,
        from_user_id: `u${serial % 500}`,
        conv_type: 0,
        conv_id: 'alice',
        msg_type: 1,
        msg_body: text,
      }),
      isRight: (answer) =>
        answer['result'] === result && answer['new_msg_body'] === (kind === 'starred' ? starred : undefined),
    };
  },
};

/** RongCloud, message callback service: `pass` 1 or 0; `replaceContent` in place of the content. What is dropped is refused. */
const rongcloud: QuestionForm = {
  name: 'rongcloud message callback',
  slug: 'rongcloud',
  waitMs: 3_000,
  ask(serial) {
    const { kind, text, starred } = said(serial);
    return {
      callback: signers.rongcloud({
        fromUserId: `u${serial % 500}`,
        targetId: 'team',
        msgType: 'RC:TxtMsg',
        content: JSON.stringify({ content: text }),
        channelType: 'GROUP',
        msgTimeStamp: Date.now(),
        messageId: messageId(),
        os: 'Android',
      }),
      isRight: ({ pass, replaceContent }) =>
        pass === (kind === 'passes' || kind === 'starred' ? 1 : 0) &&
        replaceContent === (kind === 'starred' ? JSON.stringify({ content: starred }) : undefined),
    };
  },
};

/** RongCloud, unified webhook: it says who writes where, and nothing of the content. */
const webhook: QuestionForm = {
  name: 'rongcloud webhook',
  slug: 'rongcloud',
  waitMs: 5_000,
  ask(serial) {
    const isBanned = serial % 5 === 0;
    const data = [{ appKey: 'demo-rc-app-key', userId: isBanned ? 'eve' : `u${serial % 500}`, channelId: 'team' }];
    const body = { type: 'group_channel:pre_messaging', id: messageId(), time: Date.now(), data };
    return {
      callback: { ...signers.rongcloud({}), contentType: 'application/json', body: JSON.stringify(body) },
      isRight: ({ pass }) => pass === (isBanned ? 0 : 1),
    };
  },
};

/** Easemob, pre-send: `valid`, and the payload in place of the message's. What is dropped is refused, and so is what is too long an answer. */
const easemob: QuestionForm = {
  name: 'easemob pre-send',
  slug: 'easemob',
  waitMs: 200,
  ask(serial) {
    const { kind, text, starred } = said(serial);
    const payload = (msg: string) => ({ ext: {}, bodies: [{ type: 'txt', msg }] });
    const longest = 1_000;
    const replaced = { valid: true, payload: payload(starred) };
    const isReplaced = kind === 'starred' && JSON.stringify(replaced).length <= longest;
    return {
      callback: signers.easemob({
        chat_type: 'groupchat',
        group_id: 'team',
        from: `u${serial % 500}`,
        to: 'team',
        msg_id: `99000${serial}`,
        payload: payload(text),
      }),
      isRight: ({ valid, payload: given }) =>
        valid === (kind === 'passes' || isReplaced) &&
        (isReplaced ? JSON.stringify(given) === JSON.stringify(replaced.payload) : given === undefined),
    };
  },
};

export const questionForms: readonly QuestionForm[] = [zim, rongcloud, webhook, easemob];
