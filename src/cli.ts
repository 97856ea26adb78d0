import type { Writable } from 'node:stream';
import { run } from './cli/run.js';

const interrupt = new AbortController();
// Once each: the second Ctrl-C ends the process at once, and its children with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

// A reader that has gone (`| head`) is not an error of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const code = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  isTTY: process.stdout.isTTY === true,
  ...(process.stdout.isTTY && { width: process.stdout.columns }),
  interrupted: interrupt.signal,
});

/** Resolves when what was written before is out, or cannot be any more. */
const flushed = (stream: Writable) => new Promise<void>((resolve) => stream.write('', () => resolve()));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(code);
