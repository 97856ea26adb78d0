import { enginesHere } from '../core/c2pa/installed-engines.js';
import { VERSION } from '../core/ground/version.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { cachedFile } from '../core/trust/trust-file-cache.js';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { TrustFolder } from '../core/trust/trust-folder.js';
import { trustLimits } from '../core/trust/trust-limits.js';
import { findProgram } from '../doctor/programs.js';
import { childEnvironment } from '../isolation/child-environment.js';
import type { AnswerVersions } from '../store/inspections.js';

/** Programs that readers run. */
const PROGRAMS = ['ffmpeg'];
/** A program that is installed later counts after so long. */
const PROGRAMS_KEPT_MILLIS = 60_000;

/** Law that may change while this process runs. */
export interface FollowedLaw {
  /** Rejects with an error of code `law.away` where others may have it, and it cannot be had here. */
  follow(): Promise<void>;
}
export const LAW_AWAY = 'law.away';

/** What decides an answer here and now, besides bytes and question. Trust files are looked at each time, by their stamp. */
export class Versions {
  readonly #trustDir: string;
  readonly #law: FollowedLaw | undefined;
  readonly #fixed: Pick<AnswerVersions, 'tool' | 'engines'>;
  #programs: { at: number; names: string[] } | undefined;

  /** `law`: left out, the one that is in force now stays. */
  constructor(trustDir: string, law?: FollowedLaw) {
    this.#trustDir = trustDir;
    this.#law = law;
    this.#fixed = {
      tool: VERSION,
      engines: enginesHere().map(({ name, version, sdk }) => `${name} ${version} (${sdk})`),
    };
  }

  /** Comes to the law that is in force by now. Where it rejects, nothing is to be answered. */
  async followLaw(): Promise<void> {
    await this.#law?.follow();
  }

  /** `rulebooks`: ids asked for; left out: all. Follows the law first. */
  async now(rulebooks?: readonly string[]): Promise<AnswerVersions> {
    const [lists, programs] = await Promise.all([this.#lists(), this.#programsHere(), this.followLaw()]);
    const books = loadRulebooks().filter(({ id }) => rulebooks === undefined || rulebooks.includes(id));
    return {
      ...this.#fixed,
      rulebooks: books.map(({ id, edition, digest = '' }) => ({ id, edition, sha256: digest })),
      lists,
      programs,
    };
  }

  async #lists(): Promise<AnswerVersions['lists']> {
    const folder = await TrustFolder.open(this.#trustDir);
    const names = [
      TRUST_FILES.official,
      TRUST_FILES.officialTsa,
      TRUST_FILES.interim,
      TRUST_FILES.interimAllowed,
      TRUST_FILES.conformingProducts,
      ...(await folder.pemFilesIn(TRUST_FILES.privateFolder, [])),
      ...(await folder.pemFilesIn(TRUST_FILES.privateTsaFolder, [])),
    ];
    const found = await Promise.all(
      names.map(async (name) => {
        const sha256 = await digestOf(`${this.#trustDir}/${name}`);
        const date = folder.sourceOf(name)?.issueDate;
        return sha256 === undefined ? [] : [{ name, sha256, ...(date === undefined ? {} : { date }) }];
      }),
    );
    return found.flat();
  }

  async #programsHere(): Promise<string[]> {
    const now = performance.now();
    if (this.#programs === undefined || now - this.#programs.at > PROGRAMS_KEPT_MILLIS) {
      const path = childEnvironment()['PATH'];
      const found = await Promise.all(PROGRAMS.map((name) => findProgram([name], path)));
      this.#programs = { at: now, names: PROGRAMS.filter((_, index) => found[index] !== undefined) };
    }
    return this.#programs.names;
  }
}

/** A file that cannot be read decides an answer too: by its fault. */
async function digestOf(path: string): Promise<string | undefined> {
  try {
    return (await cachedFile(path, trustLimits.trustFileBytes)).sha256;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? undefined : 'unreadable';
  }
}
