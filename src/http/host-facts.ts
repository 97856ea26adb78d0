import { listParts, programParts } from '../doctor/host-parts.js';
import type { Part } from '../doctor/part.js';
import { trustStatus } from '../trust-lists/status.js';

/** Looked up again after so long: what is installed meanwhile shows without a restart. */
const KEPT_MILLIS = 60_000;

interface Found {
  at: number;
  parts: Promise<Part[]>;
}

/** By where they are looked for: all services of this process find the same ones. */
const programs = new Map<string, Found>();
const MOST_PATHS = 16;

function foundOn(path: string): Promise<Part[]> {
  const known = programs.get(path);
  if (known !== undefined && !isOld(known)) return known.parts;
  if (programs.size >= MOST_PATHS) programs.clear();
  const parts = programParts(path);
  programs.set(path, { at: performance.now(), parts });
  return parts;
}

const isOld = ({ at }: { at: number }): boolean => performance.now() - at > KEPT_MILLIS;

/** What this host lacks, for whoever meets it first. */
export class HostFacts {
  readonly #trustDir: string;
  readonly #path: string;
  #last: Found | undefined;
  #lists: { at: number; status: Promise<Awaited<ReturnType<typeof trustStatus>> | undefined> } | undefined;

  constructor(trustDir: string, path: string) {
    this.#trustDir = trustDir;
    this.#path = path;
  }

  /** What is wrong with the lists of signers as a whole: there is none, or they were fetched so long ago. */
  async lists(): Promise<{ none: true } | { days: number } | undefined> {
    if (this.#lists === undefined || isOld(this.#lists)) {
      const status = trustStatus(this.#trustDir, new Date()).catch(() => undefined);
      this.#lists = { at: performance.now(), status };
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
    if (this.#last === undefined || isOld(this.#last))
      this.#last = { at: performance.now(), parts: listParts(this.#trustDir, new Date()) };
    const parts = await Promise.all([this.#last.parts, foundOn(this.#path)]);
    return parts.flat().filter(({ lost, state }) => lost !== undefined && state !== 'not-used');
  }
}
