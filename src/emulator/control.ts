import { z } from 'zod';
import type { CallbackSender, Delivery } from './callback-sender.ts';
import { type FaultSwitches, faultSchema } from './faults.ts';
import type { ClientMessage, EmulatedApp, EmulatorVendor, Settlement } from './vendor.ts';
import type { WireReply, WireRequest } from './wire.ts';

/** Calls and refusals of one endpoint. `batches` counts calls by how many items they carried. */
export interface EndpointCount {
  calls: number;
  refusals: number;
  overLimit: number;
  batches: Record<string, number>;
}

export interface ControlContext {
  readonly vendor: EmulatorVendor;
  readonly apps: readonly EmulatedApp[];
  readonly faults: FaultSwitches;
  readonly callbacks: CallbackSender;
  readonly stats: Map<string, EndpointCount>;
  reset(): void;
}

const spaceSchema = z.object({ kind: z.enum(['group', 'chatroom']), id: z.string() });

/** What `POST /_emulator/events` takes. `app` may be left out where the emulator has one app. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    app: z.string().optional(),
    from: z.string(),
    to: z.object({ kind: z.enum(['direct', 'group', 'chatroom']), id: z.string() }),
    content: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: z.enum(['online', 'offline']),
    app: z.string().optional(),
    user: z.string(),
    device: z.string().default('ios_1'),
  }),
  z.object({
    type: z.literal('callback'),
    app: z.string().optional(),
    /** The callback's id in the catalogue. */
    id: z.string(),
    fields: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({ type: z.enum(['join', 'leave']), app: z.string().optional(), user: z.string(), space: spaceSchema }),
]);

const ok = (body: unknown): WireReply => ({ status: 200, body });
const wrong = (status: number, message: string): WireReply => ({ status, body: { error: message } });

/** The control API under `/_emulator`: no vendor has it, tests and demos need it. */
export async function control(request: WireRequest, context: ControlContext): Promise<WireReply> {
  const action = `${request.method} ${request.path.slice('/_emulator'.length)}`;
  const json = (): unknown => (request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8')));
  try {
    switch (action) {
      case 'GET /stats':
        return ok({
          endpoints: Object.fromEntries(context.stats),
          callbacks: Object.fromEntries(context.callbacks.counts),
        });
      case 'POST /reset':
        context.reset();
        return ok({});
      case 'POST /faults':
        context.faults.set(z.array(faultSchema).parse(json()));
        return ok({});
      case 'POST /events':
        return await tell(eventSchema.parse(json()), context);
      default:
        return wrong(404, `no such control: ${action}; there are GET stats, POST reset, POST faults, POST events`);
    }
  } catch (error) {
    return wrong(400, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}

/** What a client of the vendor does when it sends: the app's server is asked first where the console says so. */
export async function sendAsClient(
  message: ClientMessage,
  app: EmulatedApp,
  { vendor, callbacks }: Pick<ControlContext, 'vendor' | 'callbacks'>,
): Promise<Settlement> {
  const question = vendor.question?.(message, app);
  const settlement: Settlement = question ? await callbacks.ask(question, app) : { outcome: 'delivered' };
  if (settlement.outcome === 'delivered')
    vendor.sendAsClient({ ...message, content: settlement.content ?? message.content }, app);
  return settlement;
}

/** Has an event happen, and answers with how its callbacks went: `delivered` when there were any and every one was acknowledged. */
async function tell(event: z.infer<typeof eventSchema>, context: ControlContext): Promise<WireReply> {
  const { result, deliveries } = await context.callbacks.watch(() => happen(event, context));
  if ('status' in result) return result;
  const delivered = deliveries.length > 0 && deliveries.every((each) => each.delivered);
  return ok({ ...result, delivered, callbacks: deliveries } satisfies EventAnswer);
}

/** The answer of `POST /_emulator/events`. */
interface EventAnswer {
  /** What became of a client's message: at the vendor, whatever became of its callbacks. */
  readonly message?: { readonly outcome: 'sent' | 'refused' | 'dropped' };
  readonly delivered: boolean;
  readonly callbacks: readonly Delivery[];
}

async function happen(
  event: z.infer<typeof eventSchema>,
  context: ControlContext,
): Promise<WireReply | Pick<EventAnswer, 'message'>> {
  const { vendor, apps, callbacks } = context;
  const app = apps.find((each) => event.app === undefined || each.name === event.app);
  if (!app) return wrong(404, `no app ${event.app}; there are ${apps.map((each) => each.name).join(', ')}`);
  if (event.type === 'message') {
    const { outcome, ...settlement } = await sendAsClient(event, app, context);
    return { message: { outcome: outcome === 'delivered' ? 'sent' : outcome, ...settlement } };
  }
  if (event.type === 'callback') {
    if (!vendor.makeCallback) return wrong(501, 'the emulator makes no callbacks by their id yet');
    callbacks.send(vendor.makeCallback(event.id, event.fields, app), app);
    return {};
  }
  const user = app.state.users.get(event.user);
  if (!user) return wrong(404, `no user ${event.user}`);
  if ('device' in event) {
    if (event.type === 'online') app.state.connect(user, event.device);
    else app.state.disconnect(user, event.device);
    return {};
  }
  const space = app.state.spaces(event.space.kind).get(event.space.id);
  if (!space) return wrong(404, `no ${event.space.kind} ${event.space.id}`);
  if (event.type === 'join') app.state.join(space, [user.id], user.id);
  else app.state.leave(space, [user.id], user.id);
  return {};
}
