import type { NewMessage } from '../../../domain/message.ts';
import { badInput, notSupported } from '../refusals.ts';

/** The ways to send a message: what it is for, and how many receivers a call takes. */
export const routes = {
  direct: { max: 1000 },
  directTemplate: { max: 1000 },
  directStatus: { max: 1000 },
  group: { max: 3 },
  groupDirected: { max: 1 },
  groupTemplate: { max: 3 },
  groupStatus: { max: 3 },
  chatroom: { max: 10 },
} as const;
export type Route = keyof typeof routes;

const kept = ['delivery.keepInHistory', 'delivery.countAsUnread', 'delivery.updateConversation'];
const pushText = ['push.body', 'push.data'];
const push = [...pushText, 'push.isEnabled', 'push.force', 'push.title', 'push.templateName', 'push.platforms'];
const asked = ['delivery.copyToSender', 'delivery.requestReceipt'];

/** The choices that each way has a place for; all others are refused. */
const taken: Readonly<Record<Route, readonly string[]>> = {
  direct: ['attributes', 'delivery.respectBlocklists', ...kept, ...asked, ...push],
  directTemplate: [
    'variables',
    'delivery.countAsUnread',
    'delivery.updateConversation',
    'delivery.requestReceipt',
    'delivery.respectBlocklists',
    ...push,
  ],
  directStatus: ['delivery.onlineOnly', 'delivery.copyToSender', 'delivery.respectBlocklists'],
  group: ['attributes', 'mentions', ...kept, ...asked, ...push],
  groupDirected: ['visibleTo', 'mentions', ...kept, ...asked, ...pushText],
  groupTemplate: ['variables', 'push.body'],
  groupStatus: ['delivery.onlineOnly', 'delivery.copyToSender', 'delivery.respectBlocklists'],
  chatroom: ['delivery.keepInHistory', 'delivery.copyToSender', 'delivery.priority'],
};

/**
 * The way a message is sent: by its receivers' kind, its variables, whether it is for those online only, and whether it is
 * for some members. Throws `NOT_SUPPORTED` for the first choice that this way has no place for.
 */
export function routeOf(message: NewMessage): Route {
  const route = chooseRoute(message);
  const refused = choicesOf(message).find((choice) => !taken[route].includes(choice));
  if (refused !== undefined) throw notSupported(`input.${refused}`);
  if (route === 'groupDirected' && message.to.length > 1) throw badInput('input.visibleTo', 'goes with one group only');
  return route;
}

function chooseRoute({ kind, variables, visibleTo, delivery }: NewMessage): Route {
  if (kind === 'chatroom') return 'chatroom';
  if (variables !== undefined) return kind === 'direct' ? 'directTemplate' : 'groupTemplate';
  if (delivery?.onlineOnly) return kind === 'direct' ? 'directStatus' : 'groupStatus';
  return kind === 'group' && visibleTo !== undefined ? 'groupDirected' : kind;
}

/** What a message for those online only never has: to leave it out is no choice. */
const neverOnline = [
  'delivery.keepInHistory',
  'delivery.countAsUnread',
  'delivery.updateConversation',
  'push.isEnabled',
];

/** The paths of the choices made, within the input. */
function choicesOf(message: NewMessage): string[] {
  const { mentions, visibleTo, hiddenFrom, variables, attributes, delivery = {}, push: pushed = {} } = message;
  const given: Record<string, unknown> = { mentions, visibleTo, hiddenFrom, variables, attributes };
  for (const [name, value] of Object.entries(delivery)) given[`delivery.${name}`] = value;
  for (const [name, value] of Object.entries(pushed)) given[`push.${name}`] = value;
  if (delivery.onlineOnly === false) given['delivery.onlineOnly'] = undefined;
  if (delivery.onlineOnly) for (const name of neverOnline) if (given[name] === false) given[name] = undefined;
  return Object.keys(given).filter((name) => given[name] !== undefined && given[name] !== null);
}
