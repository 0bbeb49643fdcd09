import { parseArgs } from 'node:util';
import { z } from 'zod';
import { environment, fail, localUrl, readOptions } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { vendors } from '../src/vendors/index.ts';

const usage = `Usage: npm run backup -- --token <token> [options]

Has a running server copy what it keeps in files, all as it is at one moment, and prints the new folder. It goes below events.backupFolder of the
server's configuration. Nothing waits for it. npm run restore puts it back.

  --token <token>   a token with the scope chat:admin; also SWITCHBOARD_TOKEN. npm run token -- --scope chat:admin makes one
  --note <text>     what it is made for; kept in its backup.json
  --url <url>       the server; default: the address of the configuration in force, http://127.0.0.1:4000 without one
`;

const env = environment();
const { values } = readOptions(usage, () =>
  parseArgs({
    options: {
      url: { type: 'string' },
      note: { type: 'string' },
      token: { type: 'string', default: env['SWITCHBOARD_TOKEN'] ?? '' },
    },
  }),
);
if (values.token === '')
  fail(
    'Give a token with chat:admin: --token <token>, or SWITCHBOARD_TOKEN. `npm run token -- --scope chat:admin` makes one.',
  );

const ownUrl = () => localUrl(readConfig({ env, argv: [], vendors }).server);
const url = readOptions(usage, () => values.url ?? ownUrl()).replace(/\/(graphql\/?)?$/, '');

const answerSchema = z.object({
  data: z
    .object({ createBackup: z.object({ backup: z.object({ name: z.string(), bytes: z.number() }) }).nullable() })
    .nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

try {
  const reply = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${values.token}` },
    body: JSON.stringify({
      query: 'mutation ($note: String) { createBackup(input: { note: $note }) { backup { name bytes } } }',
      variables: { note: values.note ?? null },
    }),
  });
  const { data, errors } = answerSchema.parse(await reply.json());
  const backup = data?.createBackup?.backup;
  if (!backup) fail(errors?.map(({ message }) => message).join('\n') ?? `The server answered ${reply.status}.`);
  process.stdout.write(`${backup.name}  ${backup.bytes} bytes\n`);
} catch (error) {
  fail(`${url} does not answer as a server does: ${error instanceof Error ? error.message : String(error)}`);
}
