import { hostParts } from '../doctor/host-parts.js';
import type { Part } from '../doctor/part.js';
import { trustStatus } from '../trust-lists/status.js';

/** Looked up again after so long: what is installed meanwhile shows without a restart. */
const KEPT_MILLIS = 60_000;

/** What this host lacks, for whoever meets it first. */
export class HostFacts {
  readonly #trustDir: string;
  readonly #path: string;
  #lists: { at: number; status: Promise<Awaited<ReturnType<typeof trustStatus>> | undefined> } | undefined;
  #last: { at: number; parts: Promise<Part[]> } | undefined;

  constructor(trustDir: string, path: string) {
    this.#trustDir = trustDir;
    this.#path = path;
  }

  /** What is wrong with the lists of signers as a whole: there is none, or they were fetched so long ago. */
  async lists(): Promise<{ none: true } | { days: number } | undefined> {
    const now = performance.now();
    if (this.#lists === undefined || now - this.#lists.at > KEPT_MILLIS) {
      this.#lists = { at: now, status: trustStatus(this.#trustDir, new Date()).catch(() => undefined) };
    }
    const status = await this.#lists.status;
    if (status === undefined) return undefined;
    const { files, warnings } = status;
    if (!files.some((file) => file.installed)) return { none: true };
    const stale = new Set(warnings.flatMap(({ code, file }) => (code === 'trust.stale' ? [file] : [])));
    const days = files.flatMap(({ file, ageDays }) =>
      stale.has(file) && ageDays !== undefined ? [ageDays] : [],
    );
    return days.length === 0 ? undefined : { days: Math.max(...days) };
  }

  /** Parts that something is lost without. */
  async lacking(): Promise<Part[]> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > KEPT_MILLIS) {
      this.#last = { at: now, parts: hostParts(this.#trustDir, this.#path, new Date()) };
    }
    const parts = await this.#last.parts;
    return parts.filter(({ lost, state }) => lost !== undefined && state !== 'not-used');
  }
}
