import type { Writable } from 'node:stream';
import { escapeTerminal } from '../base/terminal-text.js';
import { hideEnvironment } from '../inspect/sandbox/hide-environment.js';
import { run } from './run.js';
import { restoreArgumentBytes } from './shared/arguments.js';
import { dropEarlyStart } from './shared/early-start.js';
import { EXIT } from './shared/exit-codes.js';

// Must run before anything that reads a file is started.
hideEnvironment();

// The AWS SDK's warning is for developers: Assay pins a version that runs on this Node, and users need not see it at
// every scan.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupt = new AbortController();
// Registered once per signal, so that a second Ctrl-C kills the process and its children.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

// A closed pipe (`| head`) is not an error. Any other failure to write the output is.
let writeError: NodeJS.ErrnoException | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') writeError = error;
});
process.stderr.on('error', () => {});

/** Resolves once earlier output has been written or can no longer be written. */
const flush = (stream: Writable) => new Promise<void>((resolve) => stream.write('', () => resolve()));

/** Wrapped in a function because one of the two builds is a script, which cannot use top-level `await`. */
async function main(): Promise<never> {
  const code = await run(restoreArgumentBytes(process.argv.slice(2)), {
    stdout: process.stdout,
    stderr: process.stderr,
    // Opened lazily, because most commands do not read it.
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    isTTY: process.stdout.isTTY === true,
    ...(process.stdout.isTTY && { width: process.stdout.columns }),
    interrupted: interrupt.signal,
  });

  await dropEarlyStart();
  await flush(process.stdout);
  if (writeError !== undefined && code !== EXIT.usage)
    process.stderr.write(`assay: ${escapeTerminal(writeError.message)}\n`);
  await flush(process.stderr);
  process.exit(writeError === undefined ? code : EXIT.usage);
}

void main();
