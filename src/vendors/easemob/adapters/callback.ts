import type { FailedCallbacks } from '../../../domain/callback.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import { hasBeijingTime } from '../app-config.ts';
import { callbackStorage } from '../endpoints/callback.ts';
import type { Context } from './context.ts';

const mostRetries = 10;
const beijingMs = 8 * 3_600_000;

/** Callbacks that the vendor keeps because it could not deliver them. */
export function callbackOperations(context: Context) {
  return {
    // Three days of ten minutes: the vendor gives them whole.
    'App.failedCallbacks': async (_key, _page, options) => ({ items: await readStored(context, options) }),
    'Mutation.redeliverCallbacks': async ({ since }, options) => {
      const stored = (await readStored(context, options)).find((each) => each.since.getTime() === since.getTime());
      if (!stored) throw new AppError('NOT_FOUND', 'The vendor keeps no callbacks of these ten minutes.');
      if (stored.redeliveries > mostRetries) {
        throw new AppError('LIMIT_REACHED', `The vendor sends kept callbacks at most ${mostRetries} times.`);
      }
      const { call, config } = context;
      const params = { date: dateOf(since, hasBeijingTime(config)), retry: stored.redeliveries };
      return { isAccepted: (await call(callbackStorage.retry, params, options)) === 'success' };
    },
  } satisfies Partial<Operations>;
}

async function readStored({ call, config }: Context, options?: RequestOptions): Promise<FailedCallbacks[]> {
  const slices = await call(callbackStorage.list, {}, options);
  const found = slices.flatMap(({ date, size: count, retry: redeliveries }): FailedCallbacks[] => {
    const since = momentOf(date, hasBeijingTime(config));
    return since && count > 0 ? [{ since, count, redeliveries }] : [];
  });
  return found.sort((a, b) => a.since.getTime() - b.since.getTime());
}

/** A moment from `yyyyMMddHHmm`; undefined for anything else. */
function momentOf(date: string, isBeijing: boolean): Date | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(date) ?? [];
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(utc) ? undefined : new Date(utc - (isBeijing ? beijingMs : 0));
}

function dateOf(since: Date, isBeijing: boolean): string {
  const local = new Date(since.getTime() + (isBeijing ? beijingMs : 0));
  return local.toISOString().replace(/\D/g, '').slice(0, 12);
}
