import { fileURLToPath } from 'node:url';

declare global {
  /** Set by tests that run from the sources with a separate build. */
  var assayBuilt: string | undefined;
}

/** When running from the sources, the JavaScript that is started lies in dist/. */
const buildUrl = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '..', import.meta.url);

/** Returns the build folder, without a trailing slash. It holds the entry points of all processes and threads. */
export function buildFolder(): string {
  return globalThis.assayBuilt ?? fileURLToPath(buildUrl).replace(/\/$/, '');
}

/** `dist/reading/reader-child.js` and the like: a thread or a process runs JavaScript, and few files of it. */
export function buildFile(name: string): string {
  return `${buildFolder()}/${name}`;
}
