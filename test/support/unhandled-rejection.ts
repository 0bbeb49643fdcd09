import { startGateway } from './gateway.ts';

/** A gateway in whose process a promise is rejected that nobody handles. Prints the status of a request after it. */
const gateway = await startGateway({ retell: false });
void Promise.reject(new Error('forgotten'));
await new Promise((resolve) => setTimeout(resolve, 50));
const { status } = await gateway.query(await gateway.token(), '{ viewer { accounts { id } } }');
process.stdout.write(String(status));
await gateway.stop();
