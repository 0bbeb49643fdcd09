import type { Adapter } from '../../../domain/operations.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';

/** What one app can do. */
export function makeAdapter(_context: AppContext<Config>): Adapter {
  return { operations: {}, inputs: {} };
}
