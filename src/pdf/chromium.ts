import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { childEnvironment } from '../isolation/child-environment.js';
import { withoutInherited } from '../isolation/inherited.js';
import { limitBrowser, PRLIMIT } from '../isolation/limits-of-process.js';
import { MemoryWatch } from '../isolation/memory-watch.js';
import { BWRAP, bwrapArguments, FILTER_FD, JOB_FOLDER } from '../isolation/sandbox.js';
import { seccompFilter } from '../isolation/seccomp.js';
import { SETPRIV } from '../isolation/setpriv.js';
import { isRoot, ownUserNumber } from '../isolation/user-number.js';
import { ownFolder } from '../own-folder.js';
import { PdfFault } from './pdf-fault.js';
import { pdfLimits } from './pdf-limits.js';

/** A browser that can be shut in, and the folder it needs to have in sight. */
export interface Browser {
  chromium: string;
  /** Left out where it lies in `/usr`. */
  folder?: string;
}

/** Debian's `chromium` is a shell script around this one. */
const CHROMIUM = ['/usr/lib/chromium/chromium', 'chromium', 'chromium-browser', 'google-chrome'];

/** Without what shuts it in no browser is started; nor with an empty path. */
export function findBrowser(path: string): Browser | undefined {
  if (path === '') return undefined;
  const found = CHROMIUM.map((name) => program(name, path)).find((one) => one !== undefined);
  const held = [BWRAP, PRLIMIT, ...(isRoot() ? [SETPRIV] : [])].every((one) => program(one, path));
  if (found === undefined || !held) return undefined;
  const chromium = realpathSync(found);
  return chromium.startsWith('/usr/') ? { chromium } : { chromium, folder: dirname(chromium) };
}

function program(name: string, path: string): string | undefined {
  const places = name.startsWith('/') ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Where the system's letters are described; they themselves lie in `/usr`. */
const FONTS = ['/etc/fonts', '/var/cache/fontconfig'];

/**
 * Its own sandbox cannot be set up inside ours, nor by root; ours has no network and no files. Switched off is what
 * would ask the network at every start, what would watch over its crashes, and the pages behind an address bar that nobody
 * sees: a quarter of the processor time of a PDF.
 */
const SWITCHES = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-extensions'],
  ...['--disable-breakpad', '--disable-crash-reporter'],
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  ...['--user-data-dir=/tmp/profile', '--no-pdf-header-footer', `--print-to-pdf=${JOB_FOLDER}/report.pdf`],
];

/** HTML → PDF. Rejects with a PdfFault; nothing of it stays on the disk. */
export async function printWithChromium(browser: Browser, html: string): Promise<Buffer> {
  const folder = ownFolder(tmpdir(), 'assay-pdf');
  try {
    const user = ownUserNumber();
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    // Made here and shown by name: the browser can write to this one, and to no other file of the disk.
    for (const [path, bytes] of [
      [page, html],
      [pdf, ''],
    ] as const) {
      await writeFile(path, bytes, { mode: 0o600 });
      if (user !== undefined) await chown(path, user, user);
    }
    await run(browser, { page, pdf, user });
    const { size } = await stat(pdf);
    if (size === 0 || size > pdfLimits.pdfBytes)
      throw new PdfFault('pdf.failed', 'The browser wrote no PDF.');
    return await readFile(pdf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Job {
  page: string;
  pdf: string;
  user: number | undefined;
}

function commandOf({ chromium, folder }: Browser, { page, pdf, user }: Job, filtered: boolean): string[] {
  const letters = [...FONTS, ...(folder === undefined ? [] : [folder])].filter((path) => existsSync(path));
  return [
    ...bwrapArguments({
      user,
      shown: [...letters.map((path) => [path, path] as const), [page, `${JOB_FOLDER}/report.html`]],
      written: [[pdf, `${JOB_FOLDER}/report.pdf`]],
      temporaryBytes: pdfLimits.chromiumTemporaryBytes,
      sharedMemoryBytes: pdfLimits.chromiumSharedMemoryBytes,
      filtered,
      needsProc: true,
      streams: [FILTER_FD],
    }),
    ...limitBrowser(pdfLimits),
    ...[chromium, ...SWITCHES, `file://${JOB_FOLDER}/report.html`],
  ];
}

function run(browser: Browser, job: Job): Promise<void> {
  // It keeps a socket in its profile, by which a second one would find it, and does not start without.
  const filter = seccompFilter(process.arch, { kind: 'browser' })?.bytes;
  const args = commandOf(browser, job, filter !== undefined);
  return new Promise((resolve, reject) => {
    const child = spawn(BWRAP, args, {
      cwd: '/',
      env: { ...childEnvironment(), HOME: '/tmp' },
      detached: true,
      stdio: withoutInherited(['ignore', 'ignore', 'ignore', 'ignore', filter ? 'pipe' : 'ignore']),
    });
    const end = child.stdio[FILTER_FD];
    if (filter && end instanceof Writable) {
      // A browser that could not be started is told by its exit.
      end.on('error', () => {});
      end.end(filter);
    }
    const kill = () => killGroup(child.pid);
    const watch =
      child.pid === undefined
        ? undefined
        : new MemoryWatch(child.pid, pdfLimits.chromiumResidentBytes, pdfLimits.chromiumWatchMillis, kill);
    const overdue = setTimeout(kill, pdfLimits.chromiumMillis);
    const over = () => {
      clearTimeout(overdue);
      watch?.stop();
    };
    child.on('error', (cause) => {
      over();
      reject(new PdfFault('pdf.failed', 'The browser could not be started.', { cause }));
    });
    child.on('exit', (code) => {
      over();
      kill();
      if (code === 0) resolve();
      else reject(new PdfFault('pdf.failed', 'The browser ended without a PDF.'));
    });
  });
}

/** bubblewrap's own namespace of processes ends with it, and all of the browser's processes with that. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of that group is left.
  }
}
