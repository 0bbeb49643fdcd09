import { connectWs } from '../test/support/ws-client.ts';

/**
 * Viewers who lose their connections and resume over an old log, again and again, in a process of their own. By IPC: `ResumingOrder`, then
 * anything for an end; answers with `Resumed`.
 */
export interface ResumingOrder {
  readonly url: string;
  readonly tokens: readonly string[];
  /** The place that all of them resume at. */
  readonly after: string;
  /** Each resumes this long after it has. */
  readonly everyMs: number;
}

export interface Resumed {
  readonly streams: number;
  readonly events: number;
  readonly failures: number;
}

const stream = `subscription ($after: String) { viewerEvents(after: $after) { id cursor ... on MessageEvent { message { content { ... on TextContent { text } } } } } }`;

process.once('message', async ({ url, tokens, after, everyMs }: ResumingOrder) => {
  let isOver = false;
  const counts = { streams: 0, events: 0, failures: 0 };
  const resume = async (token: string): Promise<void> => {
    while (!isOver) {
      const client = await connectWs(url, { authorization: token });
      client.subscribe('1', stream, { after });
      counts.streams += 1;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      counts.events += client.heard.filter(({ type }) => type === 'next').length;
      counts.failures += client.heard.filter(({ type }) => type === 'error').length;
      client.socket.terminate();
    }
  };
  const all = tokens.map(resume);
  process.once('message', async () => {
    isOver = true;
    await Promise.all(all);
    process.send?.(counts satisfies Resumed);
  });
});
process.once('disconnect', () => process.exit(0));
