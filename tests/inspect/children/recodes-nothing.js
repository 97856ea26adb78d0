import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Replaces the process that re-encodes pictures: returns its input, or crashes on small input. */
const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
createInterface({ input: channel }).on('line', (line) => {
  const { task, picture } = JSON.parse(line);
  if (picture.width < 32) process.abort();
  const webp = Buffer.concat([Buffer.from(picture.webp, 'base64'), Buffer.from('more')]);
  say({ task, report: { webp: webp.toString('base64') }, steps: [] });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
