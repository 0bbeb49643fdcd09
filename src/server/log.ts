import pino, { type DestinationStream, type Logger } from 'pino';

const longestText = 2000;
const deepest = 6;
const mostItems = 50;
/** Fields whose values are never written, whatever object they are in. */
const secretName = /authorization|secret|token|signature|password|cookie|credential|api-?key/i;

/**
 * Makes the server's log: one JSON line for each entry, whatever it holds. Secrets are left out by the names of their
 * fields, long texts are cut, deep and long things are cut off. The fields of child logs are written as they are: give
 * them nothing from outside. Writes to standard output unless `destination` says where.
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => cleanFields(fields, 0),
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: (...args: Parameters<Logger['info']>) => void) {
        const [fields, message, ...rest] = args;
        method.call(this, cut(fields), typeof message === 'string' ? cut(message) : message, ...rest);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function cut<T>(value: T): T | string {
  if (typeof value !== 'string' || value.length <= longestText) return value;
  return `${value.slice(0, longestText)}… (${value.length} characters)`;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return cut(value);
  if (depth >= deepest) return '…';
  if (value instanceof Error) return cleanError(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => clean(item, depth + 1));
  return cleanFields(value, depth);
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  const cleaned = Object.entries(fields)
    .slice(0, mostItems)
    .map(([name, value]) => [cut(name), secretName.test(name) ? '***' : clean(value, depth + 1)]);
  return Object.fromEntries(cleaned);
}

/** An error with its stack and its causes; GraphQL's errors hold whole documents, which are left out. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? { code: clean(error.code, depth + 1) } : {};
  const details = 'details' in error ? { details: clean(error.details, depth + 1) } : {};
  const because = cause === undefined ? {} : { cause: clean(cause, depth + 1) };
  return { type: cut(name), message: cut(message), stack: cut(stack), ...code, ...details, ...because };
}
