import { expect, test } from 'vitest';
import { settingsOperations } from '../../src/vendors/zim/adapters/conversation-settings.ts';
import type { Context } from '../../src/vendors/zim/adapters/values.ts';

/** The marks of alice's conversation with bob, answered by a list of failures. */
async function marked(failure: object) {
  const call = async () => ({ failures: [], FailList: [{ UserId: 'alice', FailList: [], ...failure }] });
  const operations = settingsOperations({ call } as unknown as Context);
  const peers = [{ kind: 'direct', id: 'bob' } as const];
  const update = { ownerId: 'alice', peers, addLabels: ['1'], removeLabels: [] };
  const [outcome] = await operations['Mutation.updateConversations'](update, undefined);
  return outcome?.ok === false ? outcome.error : undefined;
}

test('marks that the vendor refuses of the user keep its code and words', async () => {
  expect(await marked({ SubCode: 1, SubMessage: 'fail' })).toMatchObject({
    code: 'VENDOR_REJECTED',
    message: 'The vendor said: fail',
    details: { vendorCode: '1' },
  });
  expect(await marked({ SubCode: 660800001, SubMessage: '' })).toMatchObject({
    code: 'NOT_FOUND',
    details: { vendorCode: '660800001' },
  });
});
