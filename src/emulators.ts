import { demoApps, startEmulators } from './demo.ts';
import { stopOnSignals } from './signals.ts';

const firstPort = Number(process.env['PORT'] ?? 4100);
const ports = Object.fromEntries(demoApps.map(({ vendor }, index) => [vendor, firstPort + index]));

const emulators = await startEmulators({ ports });
process.stdout.write('The vendors, emulated on this machine. Nothing here reaches a real vendor.\n');
for (const [slug, emulator] of emulators) {
  process.stdout.write(`\n${slug}  ${emulator.url}   (control: ${emulator.url}/_emulator/stats)\n`);
  for (const app of demoApps.filter((each) => each.vendor === slug)) {
    for (const [name, value] of Object.entries(app.config)) process.stdout.write(`  ${name.padEnd(16)}${value}\n`);
  }
}

stopOnSignals(async () => {
  await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
}, 5000);
