import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Crashes on every preview; otherwise it answers that there is nothing. */
const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
createInterface({ input: channel }).on('line', (line) => {
  const { task, without } = JSON.parse(line);
  if (!without.includes('preview')) process.abort();
  say({ task, report: { made: [], missing: [{ kind: 'claim', code: 'pixels.unreadable', reason: 'no' }] } });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
