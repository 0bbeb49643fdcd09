import { startEmulator } from '../src/emulator/emulator.ts';
import { vendors } from '../src/vendors/index.ts';
import { newHosting } from '../src/vendors/rongcloud/emulator/hosted-group.ts';

/**
 * One vendor's emulator in a process of its own, as far away as a vendor is: every call reaches it up to `jitterMs` late. Its
 * limits are strict at every window phase. Told by IPC: `{vendor, jitterMs, people, windows?}`; answers `{url}`.
 */
export interface EmulatorOrder {
  readonly vendor: string;
  readonly jitterMs: number;
  /** How many users `p0`, `p1`, ... and groups `g0`, `g1`, ... there are. */
  readonly people: number;
  /** Windows that replace those of a bucket. */
  readonly windows?: Readonly<Record<string, readonly { readonly count: number; readonly seconds: number }[]>>;
}

process.once('message', async (order: EmulatorOrder) => {
  const vendor = vendors.find(({ slug }) => slug === order.vendor);
  if (!vendor) throw new Error(`no vendor ${order.vendor}`);
  const emulated = await vendor.loadEmulator();
  const limits = emulated.catalogue.limits.map((limit) => {
    const windows = order.windows?.[limit.id];
    return windows ? { ...limit, windows: [...windows] } : limit;
  });
  const { name, config, switches } = vendor.demo;
  const credentials = Object.fromEntries(Object.entries(config).map(([field, value]) => [field, String(value)]));
  const emulator = await startEmulator(
    { ...emulated, catalogue: { ...emulated.catalogue, limits } },
    { apps: [{ name, credentials, switches }], demo: true },
  );
  const { state } = emulator.apps[0] ?? {};
  if (!state) throw new Error('no app');
  for (let index = 0; index < order.people; index += 1) {
    state.addUser(`p${index}`, { name: `Person ${index}` }).hasLoggedIn = true;
    if (order.vendor === 'rongcloud' && index < 5_000) {
      const group = state.addSpace('group', `g${index}`, {
        name: `Group ${index}`,
        owner: `p${index}`,
        members: [`p${index}`],
      });
      for (const [name, value] of newHosting(`p${index}`)) group.extra.set(name, value);
    }
  }
  emulator.setFaults([{ jitterMs: order.jitterMs }]);
  process.send?.({ url: emulator.url });
});
process.once('disconnect', () => process.exit(0));
