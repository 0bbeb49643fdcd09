import type { AppView } from '../domain/context.ts';
import { blockedByReceiver, type NewMessage, type SentMessage } from '../domain/message.ts';
import { AppError, failed, type Outcome } from '../errors.ts';

type Sender = Pick<AppView, 'name' | 'vendor' | 'supports' | 'run' | 'isBlocked'> & {
  refuseEarly(operation: 'Mutation.sendMessage', message: NewMessage): Promise<void>;
};

/**
 * Sends as one of the app's users: those who block the sender do not get it, and are told as refused. The vendor is told to look
 * where it can be; where it delivers past blocklists (`sendsPastBlocklists`), the receivers' lists are asked first.
 */
export async function sendForViewer(
  view: Sender,
  message: NewMessage,
  sendsPastBlocklists: boolean,
): Promise<readonly Outcome<SentMessage>[]> {
  const { senderId } = message;
  if (message.kind !== 'direct' || senderId === undefined) return view.run('Mutation.sendMessage', message);
  if (view.supports('DeliveryInput.respectBlocklists')) {
    const delivery = { ...message.delivery, respectBlocklists: true };
    return view.run('Mutation.sendMessage', { ...message, delivery });
  }
  if (!sendsPastBlocklists) return view.run('Mutation.sendMessage', message);
  await view.refuseEarly('Mutation.sendMessage', message);
  const blocked = await Promise.all(message.to.map((id) => view.isBlocked({ kind: 'user', id }, senderId)));
  const to = message.to.filter((_, index) => !blocked[index]);
  const sent = to.length === 0 ? [] : [...(await view.run('Mutation.sendMessage', { ...message, to }))];
  return blocked.map((isBlocked) =>
    isBlocked ? failed(refusedByReceiver(view)) : (sent.shift() ?? failed(new AppError('OUTCOME_UNKNOWN'))),
  );
}

function refusedByReceiver({ name, vendor }: Sender): AppError {
  return new AppError('FORBIDDEN', blockedByReceiver, { app: name, vendor });
}
