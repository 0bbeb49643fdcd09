import { EmulatorFailure } from '../../../emulator/failure.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { itemProblem } from './bounds.ts';
import { fail, type ItemFailure, meaning } from './failures.ts';
import { itemListOf } from './item-lists.ts';
import { object, text } from './values.ts';

const idOf = (item: unknown): string => (typeof item === 'string' ? item : text(object(item), 'UserId'));

/**
 * Makes a bulk call tell the fate of each item: one that passes a bound fails alone, and the handler sees the others. Code 0
 * as soon as one worked; when every item failed, the code is the first one's, or the handler's where it was asked.
 */
export const itemByItem =
  (handler: Handler): Handler =>
  (params, context) => {
    const items = itemListOf(context.endpoint.id);
    const given: unknown = items && params[items.param];
    if (!items || !Array.isArray(given)) return handler(params, context);
    const failures: ItemFailure[] = [];
    const good = given.filter((item: unknown) => {
      const code = itemProblem(item, context.endpoint);
      if (code === undefined) return true;
      failures.push({ UserId: idOf(item), SubCode: code, ...(items.hasText && { SubMessage: meaning(code) }) });
      return false;
    });
    const first = failures[0];
    if (!first) return handler(params, context);
    if (good.length === 0 && context.endpoint.params.some(({ name, required }) => name === items.param && required))
      fail(first.SubCode, { [items.list]: failures });
    const withFailures = (answer: Params): Params => {
      const own: unknown = answer[items.list];
      return { ...answer, [items.list]: [...failures, ...(Array.isArray(own) ? own : [])] };
    };
    try {
      return withFailures(object(handler({ ...params, [items.param]: good }, context)));
    } catch (error) {
      const body = error instanceof EmulatorFailure ? object(error.reply.body) : {};
      if (!(error instanceof EmulatorFailure) || !Array.isArray(body[items.list])) throw error;
      throw new EmulatorFailure({ ...error.reply, body: withFailures(body) });
    }
  };
