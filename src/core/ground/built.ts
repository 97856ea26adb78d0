import { fileURLToPath } from 'node:url';

declare global {
  /** Set where the sources run as they are and a build for them alone lies elsewhere: in tests. */
  var assayBuilt: string | undefined;
}

/** Where the sources run as they are, this is one of them, and what they start as JavaScript lies in dist/. */
const beside = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/' : '../..', import.meta.url);

/** The folder of what is built, without a slash at its end. All files that processes and threads start from lie in it. */
export function builtFolder(): string {
  return globalThis.assayBuilt ?? fileURLToPath(beside).replace(/\/$/, '');
}

/** `child.js` and the like: a thread or a process runs JavaScript, and few files of it. */
export function builtFile(name: string): string {
  return `${builtFolder()}/${name}`;
}
