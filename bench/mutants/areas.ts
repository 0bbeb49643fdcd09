/** A part of the code, and the tests through the whole server that are its own. */
interface Area {
  readonly files: readonly RegExp[];
  readonly tests: readonly RegExp[];
  /** What is tried for each of its faults, whatever it is. */
  readonly always?: string;
}

const words = (...names: string[]) => new RegExp(`^test/(?!emulator).*(${names.join('|')})[^/]*\\.test\\.ts$`);

export const areas: Readonly<Record<string, Area>> = {
  callbacks: {
    files: [
      /^src\/callbacks\//,
      /^src\/vendors\/\w+\/callbacks(\/|\.ts)/,
      /^src\/vendors\/\w+\/signature\.ts/,
      /^src\/server\/callbacks-route\.ts/,
    ],
    tests: [words('callback', 'decision', 'decided', 'word-lists', 'unsigned', 'asked', 'ask', 'fuzz', 'moderation')],
  },
  limits: {
    files: [/^src\/limits\//],
    tests: [words('limit', 'scheduler', 'merger', 'rate-limits', 'viewer-share')],
  },
  access: {
    files: [
      /^src\/gateway\//,
      /^src\/server\/(access-rules|auth|issuer-keys|canonical-ids|refused-inputs)\.ts/,
      /^src\/domain\/(subject|viewer|id|node)\.ts/,
    ],
    tests: [
      words(
        'access',
        'authority',
        'auth',
        'subject',
        'node',
        'other-apps',
        'canonical',
        'once',
        'connection',
        'viewer',
      ),
      /^test\/e2e\/(app|app-inputs|blocklist|group-list|plan|prototype-names|message-blocked|message-send|conversation|user|group-members|relation|job|error-bounds)\.test\.ts$/,
    ],
    always: 'test/attack/access-walk.test.ts',
  },
  adapters: {
    files: [/^src\/vendors\/\w+\/(?!emulator|callbacks|endpoints|index|catalogue|signature)/],
    tests: [words('sent', 'adapter', 'content', 'envelope', 'auth', 'ids')],
    always: 'test/conformance/sent.test.ts',
  },
  net: {
    files: [/^src\/net\//],
    tests: [words('client', 'vendor-answers', 'vendor-faults', 'breaker', 'wire', 'json', 'exact-data', 'limits')],
  },
  events: {
    files: [/^src\/events\//, /^src\/server\/(live-|sse|websocket|socket-|operation-stream|stream-holdings|frame)/],
    tests: [words('event', 'live', 'feed', 'hub', 'departures', 'log', 'reads', 'frame', 'websocket', 'resume')],
  },
};
