import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

/**
 * What each vendor takes of the inputs. An input that a vendor does not name is taken whole, so a field that is added to one would be
 * taken by vendors that have no place for it, and dropped in silence. This list changes with every such field: look at each vendor
 * that it is new for, name the input there where it lacks the field, and only then renew the list (`npx vitest run` with this file and `-u` behind it).
 */
test('no vendor takes a field of an input that nobody has looked at', async () => {
  const gateway = await startGateway({ retell: false });
  try {
    const { data } = await gateway.query(await gateway.operator(), '{ apps { name capabilities { operation } } }');
    const lines = data.apps.flatMap((app: { name: string; capabilities: { operation: string }[] }) =>
      app.capabilities.map(({ operation }) => `${app.name} ${operation}`).filter((line) => /Input\./.test(line)),
    );
    expect(lines.length).toBeGreaterThan(200);
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('./inputs.txt');
  } finally {
    await gateway.stop();
  }
});
