import { VERSION } from '../../base/version.js';
import { availableEngines } from '../../core/c2pa/installed-engines.js';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import { readCachedFile } from '../../core/trust/lists/trust-file-cache.js';
import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { TrustFolder } from '../../core/trust/lists/trust-folder.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';
import { createChildEnvironment } from '../../inspect/sandbox/child-environment.js';
import type { AnswerVersions } from '../../storage/inspections/inspections.js';
import { findProgram } from '../ops/programs.js';

/** Programs that readers run. */
const PROGRAMS = ['ffmpeg', 'tesseract'];
/** Time after which a newly installed program is noticed. */
const PROGRAM_CACHE_MILLIS = 60_000;

/** Law that may change while this process runs. */
export interface FollowedLaw {
  /** Rejects with code `law.away` if a new law is in force elsewhere but cannot be loaded here. */
  follow(): Promise<void>;
}
export const LAW_AWAY = 'law.away';

/** Inputs besides bytes and request that determine an answer. Trust files are checked each time by their timestamp. */
export class AnswerInputs {
  readonly #trustDir: string;
  readonly #law: FollowedLaw | undefined;
  readonly #fixed: Pick<AnswerVersions, 'tool' | 'engines'>;
  #programs: { at: number; names: string[] } | undefined;

  /** `law`: if absent, the current law stays in force. */
  constructor(trustDir: string, law?: FollowedLaw) {
    this.#trustDir = trustDir;
    this.#law = law;
    this.#fixed = {
      tool: VERSION,
      engines: availableEngines().map(({ name, version, sdk }) => `${name} ${version} (${sdk})`),
    };
  }

  /** Loads the law now in force. If it rejects, no inspection may be answered. */
  async followLaw(): Promise<void> {
    await this.#law?.follow();
  }

  /** Returns the current versions, after following the law. `rulebooks`: requested ids; if absent, all. */
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
      TRUST_FILES.interimFacts,
      TRUST_FILES.conformingProducts,
      ...(await folder.pemFilesIn(TRUST_FILES.privateFolder, [])),
      ...(await folder.pemFilesIn(TRUST_FILES.privateTsaFolder, [])),
    ];
    const found = await Promise.all(
      names.map(async (name) => {
        const sha256 = await digestOf(folder.pathOf(name));
        const date = folder.sourceOf(name)?.issueDate;
        return sha256 === undefined ? [] : [{ name, sha256, ...(date === undefined ? {} : { date }) }];
      }),
    );
    return found.flat();
  }

  async #programsHere(): Promise<string[]> {
    const now = performance.now();
    if (this.#programs === undefined || now - this.#programs.at > PROGRAM_CACHE_MILLIS) {
      const path = createChildEnvironment()['PATH'];
      const found = await Promise.all(PROGRAMS.map((name) => findProgram([name], path)));
      this.#programs = { at: now, names: PROGRAMS.filter((_, index) => found[index] !== undefined) };
    }
    return this.#programs.names;
  }
}

/** An unreadable file affects an answer too, by its fault. */
async function digestOf(path: string): Promise<string | undefined> {
  try {
    return (await readCachedFile(path, trustLimits.trustFileBytes)).sha256;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? undefined : 'unreadable';
  }
}
