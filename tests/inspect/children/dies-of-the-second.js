import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A reading process broken by its first file: it answers the first task and crashes on each further one. */

const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
let answered = 0;
createInterface({ input: channel }).on('line', (line) => {
  const { task } = JSON.parse(line);
  if (task === undefined) return;
  if (answered > 0) process.abort();
  answered += 1;
  say({
    task,
    report: { crJson: JSON.stringify({ by: randomUUID(), manifests: [] }), masked: 0 },
    steps: [],
  });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
