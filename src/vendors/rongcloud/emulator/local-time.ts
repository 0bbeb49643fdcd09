import type { EmulatedApp } from '../../../emulator/vendor.ts';

const beijingMs = 8 * 3_600_000;

/**
 * Date-times of older answers: `yyyy-MM-dd HH:mm:ss`, Beijing time where the app lives in the Chinese data centre and UTC
 * elsewhere (catalogue: encoding). The switch `overseas` moves an app out of China.
 */
export function localTime(ms: number, app: EmulatedApp): string {
  const shifted = new Date(ms + (app.switches.has('overseas') ? 0 : beijingMs));
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}
