import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoApps } from '../src/demo.ts';
import type { EmulatorOrder } from './emulator-process.ts';
import { type NextRequest, pace } from './intake-load.ts';
import { type QuestionForm, questionForms, rulesOf } from './moderation-questions.ts';
import type { Moderated, ModerationOrder } from './moderation-server.ts';
import type { ResumeOrder } from './resume-server.ts';
import type { Resumed, ResumingOrder } from './resuming-viewers.ts';

/**
 * How long the vendors' questions wait for their verdicts under load: `--rate` a second for `--seconds`, of every vendor and form, signed, with
 * `--words` words in the rules, which are changed in between, beside a running import job and `--viewers` viewers who resume over a log of `--events`. Exits with 1 when the 99th
 * percentile is 20 ms or more, a question waited longer than its vendor does, a verdict was wrong, or what runs beside it did not.
 */
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    words: { type: 'string', default: '10000' },
    events: { type: 'string', default: '100000' },
    viewers: { type: 'string', default: '20' },
    people: { type: 'string', default: '1000' },
  },
});
const [rate, seconds, viewers] = [Number(flags.rate), Number(flags.seconds), Number(flags.viewers)];
const maxP99Ms = 20;
const token = 'the-token-of-the-bench-is-long';
const importing = demoApps.find(({ vendor }) => vendor === 'zim')?.name ?? '';
const say = (text: string) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const percentile = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const children: ChildProcess[] = [];
const start = (file: string) => {
  const child = fork(new URL(file, import.meta.url), { stdio: 'inherit' });
  children.push(child);
  return child;
};
const ask = <T>(child: ChildProcess, order: unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
    child.once('message', (answer) => resolve(answer as T));
    child.send(order as never);
  });

// biome-ignore lint/suspicious/noExplicitAny: read by the shape of each query
async function query(server: Moderated, text: string, variables: object): Promise<any> {
  const reply = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.operator}` },
    body: JSON.stringify({ query: text, variables }),
  });
  const { data, errors } = (await reply.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function startImport(server: Moderated): Promise<string> {
  const id = (user: number) => `User:${importing}:p${user}`;
  const messages = Array.from({ length: 1_500 }, (_, index) => ({
    senderId: id(index % 50),
    to: id((index % 50) + 50),
    content: { text: { text: `old message ${index}` } },
    sentAt: new Date(1_690_000_000_000 + index * 1000).toISOString(),
  }));
  const text = 'mutation ($input: StartMessageImportInput!) { startMessageImport(input: $input) { job { id } } }';
  const input = { appId: `App:${importing}`, messages };
  return (await query(server, text, { input })).startMessageImport.job.id;
}

let serial = 0;
/** When each question of a form was answered late: what its vendor would not have waited for. */
function questionsOf(form: QuestionForm, host: string): NextRequest {
  const app = demoApps.find(({ vendor }) => vendor === form.slug)?.name ?? '';
  return () => {
    serial += 1;
    const { callback, isRight } = form.ask(serial);
    const { query: search, contentType, body } = callback;
    const text = `POST /callbacks/${app}/${token}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return { text, isRight: (answer) => isRight(JSON.parse(answer)) };
  };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-moderation-'));
try {
  const file = join(folder, 'events.db');
  const order: ResumeOrder = {
    kind: 'fill',
    file,
    events: Number(flags.events),
    people: Number(flags.people),
    viewers,
  };
  const filler = start('resume-server.ts');
  await ask(filler, order);
  filler.kill();
  const vendorOrder: EmulatorOrder = { vendor: 'zim', jitterMs: 20, people: 100 };
  const { url: zimUrl } = await ask<{ url: string }>(start('emulator-process.ts'), vendorOrder);
  const serverOrder: ModerationOrder = {
    file,
    urls: { zim: zimUrl },
    decisions: rulesOf(Number(flags.words)),
    token,
    viewers,
    viewersOf: importing,
  };
  const serving = start('moderation-server.ts');
  const server = await ask<Moderated>(serving, serverOrder);
  const url = new URL(server.url);
  // What is not measured: the first of everything.
  const measure = (duration: number) =>
    Promise.all(
      questionForms.map(async (form) => ({
        form,
        result: await pace(url, rate / questionForms.length, duration, questionsOf(form, url.host)),
      })),
    );
  await measure(2);

  const first = 'query ($app: ID!) { events(first: 1, filter: { appIds: [$app] }) { edges { cursor } } }';
  const { events } = await query(server, first, { app: `App:${importing}` });
  const job = await startImport(server);
  const resuming = start('resuming-viewers.ts');
  const resumingOrder: ResumingOrder = {
    url: server.url,
    tokens: server.viewers,
    after: events.edges[0].cursor,
    everyMs: 5_000,
  };
  resuming.send(resumingOrder);
  const measuring = measure(seconds);
  await sleep(seconds * 500);
  const changed = rulesOf(Number(flags.words));
  // biome-ignore lint/suspicious/noThenProperty: so the configuration calls it
  await ask(serving, { rules: [...changed.rules, { name: 'new', keywords: ['newword'], then: 'DROP' }] });
  const measured = await measuring;
  const { job: imported } = await query(server, 'query ($id: ID!) { job(id: $id) { status succeeded failed } }', {
    id: job,
  });
  const resumed = await ask<Resumed>(resuming, 'end');
  const inForce = (await query(server, '{ apps { decisionPolicy { rules { name } } } }', {})).apps;
  const withNew = inForce.filter(({ decisionPolicy }: { decisionPolicy: { rules: { name: string }[] } }) =>
    decisionPolicy.rules.some(({ name }) => name === 'new'),
  ).length;
  const late = (await query(server, '{ apps { verdicts { late } } }', {})).apps.flatMap(
    ({ verdicts }: { verdicts: { late: number }[] }) => verdicts.map((each) => each.late),
  );

  for (const { form, result } of measured)
    say(
      `${form.name.padEnd(28)} ${String(result.taken).padStart(5)} right, ${result.refused} wrong or none; p50 ${percentile(result.latencies, 0.5).toFixed(1)} ms, p99 ${percentile(result.latencies, 0.99).toFixed(1)} ms, max ${Math.max(...result.latencies).toFixed(1)} ms`,
    );
  const all = measured.flatMap(({ result }) => result.latencies);
  const p99 = percentile(all, 0.99);
  const beyond = measured.reduce(
    (sum, { form, result }) => sum + result.latencies.filter((each) => each > form.waitMs).length,
    0,
  );
  const wrong = measured.reduce((sum, { result }) => sum + result.refused, 0);
  const lateInAll = late.reduce((sum: number, each: number) => sum + each, 0);
  say(`beside: an import job ${imported.status}, ${imported.succeeded} done, ${imported.failed} failed;`);
  say(`        ${resumed.streams} streams resumed, ${resumed.events} events, ${resumed.failures} failures`);
  const aims = [
    {
      name: `p99 of ${all.length} answers at ${rate} a second, in ms`,
      value: p99,
      aim: `under ${maxP99Ms}`,
      met: p99 < maxP99Ms,
    },
    { name: "answers after the vendor's wait", value: beyond, aim: '0', met: beyond === 0 },
    { name: 'verdict events that are late', value: lateInAll, aim: '0', met: lateInAll === 0 },
    { name: 'wrong verdicts, or none', value: wrong, aim: '0', met: wrong === 0 },
    {
      name: 'imported while it was measured',
      value: imported.succeeded,
      aim: 'some',
      met: imported.succeeded > 0 && imported.failed === 0,
    },
    {
      name: 'the job is still running',
      value: Number(imported.status === 'RUNNING'),
      aim: '1',
      met: imported.status === 'RUNNING',
    },
    {
      name: 'apps with the changed rules',
      value: withNew,
      aim: `${demoApps.length}`,
      met: withNew === demoApps.length,
    },
    {
      name: 'events to resuming viewers',
      value: resumed.events,
      aim: 'some',
      met: resumed.events > 0 && resumed.failures === 0,
    },
  ];
  for (const { met, name, value, aim } of aims)
    say(`${met ? 'met    ' : 'NOT MET'} ${name}: ${Number(value.toFixed(2))} (aim: ${aim})`);
  if (flags.json) process.stdout.write(`${JSON.stringify({ rate, seconds, aims, imported, resumed })}\n`);
  process.exitCode = aims.every(({ met }) => met) ? 0 : 1;
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
}
process.exit();
