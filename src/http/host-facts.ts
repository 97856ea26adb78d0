import { hostParts } from '../doctor/host-parts.js';
import type { Part } from '../doctor/part.js';

/** Looked up again after so long: what is installed meanwhile shows without a restart. */
const KEPT_MILLIS = 60_000;

/** What this host lacks, for whoever meets it first. */
export class HostFacts {
  readonly #trustDir: string;
  readonly #path: string;
  #last: { at: number; parts: Promise<Part[]> } | undefined;

  constructor(trustDir: string, path: string) {
    this.#trustDir = trustDir;
    this.#path = path;
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
