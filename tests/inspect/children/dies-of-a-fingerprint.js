import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { PROGRESS_FD, ProgressWriter } from '../../../src/inspect/protocol/progress-file.ts';

/** Crashes on the frames of every video after recording that step in its progress file; returns nothing for sound. */
const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
const slate = new ProgressWriter(PROGRESS_FD);
createInterface({ input: channel }).on('line', (line) => {
  const { task, output, path, withoutFingerprint = [] } = JSON.parse(line);
  if (task === undefined) return;
  slate.begin(task);
  if (readFileSync(path).length === 0) process.abort();
  slate.record({ step: 'fingerprint.video', state: 'start' });
  if (!withoutFingerprint.includes('video')) process.abort();
  const fingerprint = { made: [], missing: [{ kind: 'sound', code: 'fingerprint.silent' }] };
  say({
    task,
    report: output === 'pictures' ? { made: [], missing: [], fingerprint } : fingerprint,
    steps: [],
  });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
