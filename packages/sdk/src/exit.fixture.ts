/** A program that ends without flushing; run by exit.test.ts. */
import { Tideline } from './tideline.ts';

const [url = '', count = '1', ending = ''] = process.argv.slice(2);
const tideline = new Tideline({ url, key: 'k', intervalMs: 60_000, exitMs: 1_000, onError: ({ code, count: events }) => console.log(`${code} ${events}`) });
for (let i = 0; i < Number(count); i++) tideline.track({ account: 'acme', event: 'api.call', value: i });
if (ending === 'SIGTERM') {
  process.once('SIGTERM', () => void tideline.close().then(() => process.exit(0)));
  setInterval(() => undefined, 1_000);
  process.kill(process.pid, 'SIGTERM');
}
