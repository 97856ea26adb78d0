import { checkPrograms, checkTrustLists } from '../../service/doctor/host-parts.js';
import type { DoctorPart } from '../../service/doctor/part.js';
import { readTrustStatus } from '../../service/trust/status.js';

/** Facts are refreshed after this time, so that a program installed meanwhile shows without a restart. */
const CACHE_MILLIS = 60_000;

interface CachedParts {
  at: number;
  parts: Promise<DoctorPart[]>;
}

/** By search path: all services of this process share the results. */
const programs = new Map<string, CachedParts>();
const MAX_PATHS = 16;

function findProgramParts(path: string): Promise<DoctorPart[]> {
  const known = programs.get(path);
  if (known !== undefined && !isStale(known)) return known.parts;
  if (programs.size >= MAX_PATHS) programs.clear();
  const parts = checkPrograms(path);
  programs.set(path, { at: performance.now(), parts });
  return parts;
}

const isStale = ({ at }: { at: number }): boolean => performance.now() - at > CACHE_MILLIS;

/** Caches what is missing on this host, for the pages and the API. */
export class HostFacts {
  readonly #trustDir: string;
  readonly #path: string;
  #last: CachedParts | undefined;
  #lists:
    | { at: number; status: Promise<Awaited<ReturnType<typeof readTrustStatus>> | undefined> }
    | undefined;

  constructor(trustDir: string, path: string) {
    this.#trustDir = trustDir;
    this.#path = path;
  }

  /** Returns the age of the oldest outdated trust list, in days. */
  async findTrustListsNotice(): Promise<{ days: number } | undefined> {
    if (this.#lists === undefined || isStale(this.#lists)) {
      const status = readTrustStatus(this.#trustDir, new Date()).catch(() => undefined);
      this.#lists = { at: performance.now(), status };
    }
    const status = await this.#lists.status;
    if (status === undefined) return undefined;
    const { files, warnings } = status;
    const stale = new Set(warnings.flatMap(({ code, file }) => (code === 'trust.stale' ? [file] : [])));
    const days = files.flatMap(({ file, ageDays }) =>
      stale.has(file) && ageDays !== undefined ? [ageDays] : [],
    );
    return days.length === 0 ? undefined : { days: Math.max(...days) };
  }

  /** Returns the parts whose absence loses a function. */
  async findMissingParts(): Promise<DoctorPart[]> {
    if (this.#last === undefined || isStale(this.#last))
      this.#last = { at: performance.now(), parts: checkTrustLists(this.#trustDir, new Date()) };
    const parts = await Promise.all([this.#last.parts, findProgramParts(this.#path)]);
    return parts.flat().filter(({ lost, state }) => lost !== undefined && state !== 'not-used');
  }
}
