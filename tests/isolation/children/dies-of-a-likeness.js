import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { SLATE_FD, SlateWriter } from '../../../src/isolation/step-slate.ts';

/** Dies of the frames of every video, having said on its slate that it is at them; of its sound it gives nothing. */
const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
const slate = new SlateWriter(SLATE_FD);
createInterface({ input: channel }).on('line', (line) => {
  const { task, output, path, withoutLikeness = [] } = JSON.parse(line);
  if (task === undefined) return;
  slate.begin(task);
  if (readFileSync(path).length === 0) process.abort();
  slate.take({ step: 'likeness.video', state: 'start' });
  if (!withoutLikeness.includes('video')) process.abort();
  const likeness = { made: [], missing: [{ kind: 'sound', code: 'likeness.silent' }] };
  say({ task, report: output === 'pictures' ? { made: [], missing: [], likeness } : likeness, steps: [] });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
