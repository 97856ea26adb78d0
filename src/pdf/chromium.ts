import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ownFolder } from '../own-folder.js';
import { PdfFault } from './pdf-fault.js';
import { pdfLimits } from './pdf-limits.js';

/** A browser, and what it is shut into. Without bubblewrap no browser is started. */
export interface Browser {
  chromium: string;
  bubblewrap: string;
  prlimit: string;
}

/** Debian's `chromium` is a shell script around this one. */
const CHROMIUM = ['/usr/lib/chromium/chromium', 'chromium', 'chromium-browser', 'google-chrome'];

export function findBrowser(path: string): Browser | undefined {
  const find = (name: string) => program(name, path);
  const chromium = CHROMIUM.map(find).find((found) => found !== undefined);
  const bubblewrap = find('bwrap');
  const prlimit = find('prlimit');
  return chromium && bubblewrap && prlimit ? { chromium, bubblewrap, prlimit } : undefined;
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

/** The system's programs, libraries and fonts; nothing of the host's data, and no network. */
const READ_ONLY = ['/usr', '/etc/fonts', '/var/cache/fontconfig', '/opt'];
const LINKS = ['/lib', '/lib64', '/bin', '/sbin'];

function shutIn(folder: string): string[] {
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    ...READ_ONLY.filter(existsSync).flatMap((path) => ['--ro-bind', path, path]),
    ...LINKS.filter(existsSync).flatMap((path) => ['--symlink', `usr${path}`, path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', `${pdfLimits.chromiumTemporaryBytes}`, '--tmpfs', '/tmp'],
    ...['--size', `${pdfLimits.chromiumSharedMemoryBytes}`, '--tmpfs', '/dev/shm'],
    ...['--setenv', 'HOME', '/tmp', '--setenv', 'PATH', '/usr/bin'],
    ...['--bind', folder, '/job', '--chdir', '/job'],
  ];
}

/**
 * Its own sandbox cannot be set up inside ours, nor by root; ours has no network and no files. Switched off is what
 * would ask the network at every start.
 */
const SWITCHES = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-extensions'],
  ...['--user-data-dir=/tmp/profile', '--no-pdf-header-footer', '--print-to-pdf=/job/report.pdf'],
];

/** HTML → PDF. Rejects with a PdfFault; nothing of it stays on the disk. */
export async function printWithChromium(browser: Browser, html: string): Promise<Buffer> {
  const folder = ownFolder(tmpdir(), 'assay-pdf');
  try {
    await writeFile(join(folder, 'report.html'), html, { mode: 0o600 });
    await run(browser, folder);
    const pdf = join(folder, 'report.pdf');
    const size = await stat(pdf).then(
      ({ size }) => size,
      () => 0,
    );
    if (size === 0 || size > pdfLimits.pdfBytes)
      throw new PdfFault('pdf.failed', 'The browser wrote no PDF.');
    return await readFile(pdf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run({ bubblewrap, prlimit, chromium }: Browser, folder: string): Promise<void> {
  const bounds = [`--data=${pdfLimits.chromiumDataBytes}`, `--fsize=${pdfLimits.pdfBytes}`, '--core=0'];
  const command = [prlimit, ...bounds, chromium, ...SWITCHES, 'file:///job/report.html'];
  return new Promise((resolve, reject) => {
    const child = spawn(bubblewrap, [...shutIn(folder), ...command], { stdio: 'ignore', env: {} });
    // bubblewrap's own namespace of processes ends with it, and all of the browser's processes with that.
    const overdue = setTimeout(() => child.kill('SIGKILL'), pdfLimits.chromiumMillis);
    child.on('error', (cause) => {
      clearTimeout(overdue);
      reject(new PdfFault('pdf.failed', 'The browser could not be started.', { cause }));
    });
    child.on('exit', (code) => {
      clearTimeout(overdue);
      if (code === 0) resolve();
      else reject(new PdfFault('pdf.failed', 'The browser ended without a PDF.'));
    });
  });
}
