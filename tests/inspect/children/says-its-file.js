import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A process that a file has taken over: it answers with the file's content. */
const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
createInterface({ input: channel }).on('line', (line) => {
  const { task, path } = JSON.parse(line);
  if (task !== undefined) say({ task, report: JSON.parse(readFileSync(path, 'utf8')), steps: [] });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
