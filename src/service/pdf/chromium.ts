import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { MemoryWatcher } from '../../inspect/process/memory-watch.js';
import { createChildEnvironment } from '../../inspect/sandbox/child-environment.js';
import { withoutInherited } from '../../inspect/sandbox/inherited-descriptors.js';
import { browserLimitCommand, PRLIMIT } from '../../inspect/sandbox/process-limits.js';
import { BWRAP, bwrapArguments, FILTER_FD, JOB_FOLDER } from '../../inspect/sandbox/sandbox.js';
import { buildSeccompFilter } from '../../inspect/sandbox/seccomp.js';
import { SETPRIV } from '../../inspect/sandbox/setpriv.js';
import { isRoot, takeUserNumber } from '../../inspect/sandbox/user-ids.js';
import { PdfFault } from './pdf-fault.js';
import { pdfLimits } from './pdf-limits.js';

/** A browser that can be sandboxed, and the folder that its sandbox needs to see. */
export interface Browser {
  chromium: string;
  /** Left out if it is below `/usr`. */
  folder?: string;
}

/** The binary that Debian's `chromium` shell script starts. */
const CHROMIUM = ['/usr/lib/chromium/chromium', 'chromium', 'chromium-browser', 'google-chrome'];

/** Returns the browser; `undefined` without bubblewrap, since no browser is started unsandboxed, and for an empty path. */
export function findBrowser(path: string): Browser | undefined {
  if (path === '') return undefined;
  const found = CHROMIUM.map((name) => findProgramPath(name, path)).find((one) => one !== undefined);
  const held = [BWRAP, PRLIMIT, ...(isRoot() ? [SETPRIV] : [])].every((one) => findProgramPath(one, path));
  if (found === undefined || !held) return undefined;
  const chromium = realpathSync(found);
  return chromium.startsWith('/usr/') ? { chromium } : { chromium, folder: dirname(chromium) };
}

function findProgramPath(name: string, path: string): string | undefined {
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

/** Configuration of the system's fonts; the fonts themselves are below `/usr`. */
const FONT_FOLDERS = ['/etc/fonts', '/var/cache/fontconfig'];

/**
 * The browser's own sandbox cannot be set up inside Assay's, nor by root; Assay's has no network and no files. The
 * switches turn off what would use the network at every start, crash reporting, and the pages of the invisible address
 * bar: together a quarter of the processor time of a PDF.
 */
const SWITCHES = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-extensions'],
  ...['--disable-breakpad', '--disable-crash-reporter'],
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  ...['--user-data-dir=/tmp/profile', '--no-pdf-header-footer', `--print-to-pdf=${JOB_FOLDER}/report.pdf`],
];

/** Prints HTML to PDF. Rejects with a PdfFault; leaves nothing on the disk. */
export async function printWithChromium(browser: Browser, html: string): Promise<Buffer> {
  const folder = createOwnFolder(tmpdir(), 'assay-pdf');
  try {
    const user = takeUserNumber();
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    // Created here and bound by name: the browser can write to the PDF, and to no other file of the disk.
    for (const [path, bytes] of [
      [page, html],
      [pdf, ''],
    ] as const) {
      await writeFile(path, bytes, { mode: 0o600 });
      if (user !== undefined) await chown(path, user, user);
    }
    await runBrowser(browser, { page, pdf, user });
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

function buildCommand({ chromium, folder }: Browser, { page, pdf, user }: Job, filtered: boolean): string[] {
  const letters = [...FONT_FOLDERS, ...(folder === undefined ? [] : [folder])].filter((path) =>
    existsSync(path),
  );
  return [
    ...bwrapArguments({
      user,
      readOnly: [...letters.map((path) => [path, path] as const), [page, `${JOB_FOLDER}/report.html`]],
      writable: [[pdf, `${JOB_FOLDER}/report.pdf`]],
      temporaryBytes: pdfLimits.chromiumTemporaryBytes,
      sharedMemoryBytes: pdfLimits.chromiumSharedMemoryBytes,
      isFiltered: filtered,
      needsProc: true,
      streams: [FILTER_FD],
    }),
    ...browserLimitCommand(pdfLimits),
    ...[chromium, ...SWITCHES, `file://${JOB_FOLDER}/report.html`],
  ];
}

function runBrowser(browser: Browser, job: Job): Promise<void> {
  // The filter allows sockets: the browser needs one in its profile, by which a second instance would find it, and does
  // not start without.
  const filter = buildSeccompFilter(process.arch, { kind: 'browser' })?.bytes;
  const args = buildCommand(browser, job, filter !== undefined);
  return new Promise((resolve, reject) => {
    const child = spawn(BWRAP, args, {
      cwd: '/',
      env: { ...createChildEnvironment(), HOME: '/tmp' },
      detached: true,
      stdio: withoutInherited(['ignore', 'ignore', 'ignore', 'ignore', filter ? 'pipe' : 'ignore']),
    });
    const end = child.stdio[FILTER_FD];
    if (filter && end instanceof Writable) {
      // If the browser could not be started, its exit reports that; the pipe error adds nothing.
      end.on('error', () => {});
      end.end(filter);
    }
    const kill = () => killGroup(child.pid);
    const watch =
      child.pid === undefined
        ? undefined
        : new MemoryWatcher(child.pid, pdfLimits.chromiumResidentBytes, pdfLimits.chromiumWatchMillis, kill);
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

/** Kills bubblewrap, whose process namespace ends with it, and with that all processes of the browser. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All processes of the group have exited already.
  }
}
