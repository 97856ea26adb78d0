import type { Writable } from 'node:stream';
import { argumentsInBytes } from './cli/arguments.js';
import { dropBegun } from './cli/begin.js';
import { EXIT } from './cli/exit-codes.js';
import { run } from './cli/run.js';
import { escapeTerminal } from './core/ground/terminal-text.js';
import { hideEnvironment } from './isolation/own-environment.js';

// Before anything that reads a file is started.
hideEnvironment();

// Its version is ours to choose, and the one that is pinned runs here: users need not hear of it at every scan.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupt = new AbortController();
// Once each: the second Ctrl-C ends the process at once, and its children with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

// A reader that has gone (`| head`) is not an error of ours. Whatever else keeps the answer from where it was to go is one.
let lost: NodeJS.ErrnoException | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost = error;
});
process.stderr.on('error', () => {});

/** Resolves when what was written before is out, or cannot be any more. */
const flushed = (stream: Writable) => new Promise<void>((resolve) => stream.write('', () => resolve()));

/** No `await` of the module's own: in one of its two builds it is a script. */
async function main(): Promise<never> {
  const code = await run(argumentsInBytes(process.argv.slice(2)), {
    stdout: process.stdout,
    stderr: process.stderr,
    // Opened only when it is asked for.
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    isTTY: process.stdout.isTTY === true,
    ...(process.stdout.isTTY && { width: process.stdout.columns }),
    interrupted: interrupt.signal,
  });

  await dropBegun();
  await flushed(process.stdout);
  if (lost !== undefined && code !== EXIT.usage)
    process.stderr.write(`assay: ${escapeTerminal(lost.message)}\n`);
  await flushed(process.stderr);
  process.exit(lost === undefined ? code : EXIT.usage);
}

void main();
