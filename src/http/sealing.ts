import type { Config } from '../config.js';
import type { Report } from '../core/report/report.js';
import type { Inspector } from '../isolation/inspector.js';
import { PdfFault } from '../pdf/pdf-fault.js';
import type { Printer } from '../pdf/printer.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { receivedFile } from '../seal/contents.js';
import {
  bagName,
  type FileSource,
  type InspectionToSeal,
  sealedFacts,
  sealInspection,
} from '../seal/inspection.js';
import type { Kind } from '../seal/names.js';
import { openReceived, type Received } from '../seal/received.js';
import { SealError, type SealFault } from '../seal/seal-error.js';
import { signerIn } from '../seal/signer-in.js';
import type { Signer } from '../seal/signing.js';
import { type ZipStream, zipStream } from '../seal/write.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { Actor } from '../store/log.js';
import type { Stores } from '../store/stores.js';
import type { AllowedPaths } from '../worker/allowed-paths.js';
import { keptPath, keptToSeal, manifestStoreOf } from '../worker/to-seal.js';
import { reportIn } from './language.js';
import { httpLimits } from './limits.js';
import { matchesTold } from './matches-told.js';
import type { Matching } from './matching.js';
import { shownNotes } from './notes.js';
import { badField, Problem } from './problem.js';
import type { UploadDirectory } from './upload-directory.js';

export interface SealAsk {
  kind: Kind;
  /** When it is said to be sealed; left out: now. */
  at?: Date | undefined;
  language: Speech['language'];
  /** The file, given again; released by whoever gave it. */
  given?: Received | undefined;
  /** Who asks, for the log. */
  actor: Actor;
}

export interface SealedZip extends ZipStream {
  /** Of the ZIP, without its ending. */
  name: string;
  /** Of the inspected file. */
  sha256: string;
}

interface Parts {
  config: Pick<Config, 'seal'>;
  stores: Pick<Stores, 'inspections' | 'log'>;
  inspector: Pick<Inspector, 'inspect'>;
  uploads: UploadDirectory;
  allowedPaths: Pick<AllowedPaths, 'find'>;
  matching: Pick<Matching, 'ofInspection'>;
  now: () => Date;
  /** What prints; left out: the library alone, so that a bundle is the same bytes wherever it is made. */
  paper?: Pick<Printer, 'print'> | undefined;
}

/** Seals kept inspections with the operator’s key, few at a time. */
export class Sealing {
  readonly #parts: Parts;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether there is a key to seal with. */
  get on(): boolean {
    return this.#parts.config.seal !== undefined;
  }

  /** Of the time-stamping authority, where one is asked. */
  get authorityHost(): string | undefined {
    const address = this.#parts.config.seal?.authority;
    return address === undefined ? undefined : new URL(address).host;
  }

  /** Whether the file need not be given again for a bundle that holds it. */
  async hasFile(record: InspectionRecord): Promise<boolean> {
    const { uploads, allowedPaths } = this.#parts;
    return (await keptPath(record, uploads, allowedPaths)) !== undefined;
  }

  /** The ZIP as it is read; rejects with a Problem, and then nothing was sealed. */
  async seal(record: InspectionRecord, ask: SealAsk): Promise<SealedZip> {
    const { seal } = this.#parts.config;
    if (seal === undefined) throw new Problem('seal-off');
    await this.#enter();
    let file: { file: Received; from: FileSource } | undefined;
    const release = async () => {
      if (file?.from === 'kept') await file.file.handle.close();
    };
    try {
      const at = ask.at ?? this.#parts.now();
      const signer = await signerAt(seal, at, ask.at !== undefined);
      file = ask.kind === 'full' ? await this.#fileOf(record, ask.given) : undefined;
      const zip = await this.#sealed(record, ask, { signer, at, authority: seal.authority, file });
      zip.stream.once('close', () => void release());
      return zip;
    } catch (error) {
      await release();
      throw problemOf(error);
    } finally {
      this.#leave();
    }
  }

  async #sealed(
    record: InspectionRecord,
    { kind, language, actor }: SealAsk,
    how: {
      signer: Signer;
      at: Date;
      authority: string | undefined;
      file: { file: Received; from: FileSource } | undefined;
    },
  ): Promise<SealedZip> {
    const { stores } = this.#parts;
    const speech = speechOf(language);
    const kept = await keptToSeal(stores.inspections, record, { whole: kind === 'full' });
    const { sha256 } = record;
    if (kept === undefined || sha256 === undefined) throw new Problem('inspection-unreadable');
    const told = reportIn(kept.report, language);
    const report = { ...told, asset: { ...told.asset, sha256 } };
    const { versions, inspectedAt, evidence } = kept;
    const of: InspectionToSeal = {
      ...{ kind, report, inspection: record.id, versions, inspectedAt },
      ...(how.file && { evidence, ...(await this.#beside(record, how.file, { report, speech })) }),
    };
    const { signer, at, authority } = how;
    const log = await stores.log.extract(record.tenant, [record.id], { persons: kind === 'full' });
    const bag = await sealInspection(
      { ...of, log },
      { signer, at, authority, speech, paper: this.#parts.paper },
    );
    const { tenant, id: subject } = record;
    const now = this.#parts.now().toISOString();
    const facts = sealedFacts(of, bag);
    stores.log.note({ tenant, at: now, action: 'inspection.sealed', subject, facts, ...actor });
    const name = bagName(report);
    return { ...(await zipStream(bag.files, name)), name, sha256 };
  }

  /** What a bundle with the file holds besides. */
  async #beside(
    record: InspectionRecord,
    { file, from }: { file: Received; from: FileSource },
    { report, speech }: { report: Report; speech: Speech },
  ): Promise<Partial<InspectionToSeal>> {
    const { inspector, matching, now } = this.#parts;
    const { name } = record.request;
    const [store, sought] = await Promise.all([
      manifestStoreOf(record, { path: file.path, report, inspector }),
      // A bundle does not wait for what looks alike, and says so where nobody could look.
      matching.ofInspection(record).catch(() => undefined),
    ]);
    const at = now().toISOString();
    const head = { inspection: record.id, at };
    const nothing = { searched: 0, notSearchable: 0, more: false, matches: [] };
    return {
      file: { content: receivedFile(file.path, { ...file, name }), from },
      manifestStore: store.bytes,
      manifestStoreFault: store.fault,
      matches:
        sought === undefined
          ? { schema: 'assay.matches/1', ...head, state: 'failed', ...nothing }
          : { ...matchesTold(sought, speech), ...head },
      notes: shownNotes(record.notes),
    };
  }

  /** Nothing but the bytes that were inspected counts. */
  async #fileOf(
    record: InspectionRecord,
    given: Received | undefined,
  ): Promise<{ file: Received; from: FileSource }> {
    const { uploads, allowedPaths } = this.#parts;
    // What is not in the bundle nobody could check with it.
    if (record.request.hasSidecar || record.request.hasInit === true)
      throw new Problem('asset-gone', { detail: said('problem.asset-gone.sealSeveral') });
    if (given !== undefined) {
      if (given.sha256 !== record.sha256) throw otherFile(given, record);
      return { file: given, from: 'given' };
    }
    const path = await keptPath(record, uploads, allowedPaths);
    const file = path === undefined ? undefined : await openReceived(path).catch(() => undefined);
    if (file?.sha256 === record.sha256 && file !== undefined) return { file, from: 'kept' };
    await file?.handle.close();
    // One of the operator’s own may be another one by now.
    if (file !== undefined) throw otherFile(file, record);
    throw new Problem('asset-gone', { detail: said('problem.asset-gone.seal') });
  }

  async #enter(): Promise<void> {
    if (this.#running >= httpLimits.sealsAtOnce) {
      if (this.#waiting.length >= httpLimits.sealsWaiting)
        throw new Problem('seal-busy', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }

  #leave(): void {
    this.#running -= 1;
    this.#waiting.shift()?.();
  }
}

/** A time that the client asks for, at which the certificate is not valid, is the client’s mistake; else it is the operator’s. */
async function signerAt(seal: NonNullable<Config['seal']>, at: Date, isAsked: boolean): Promise<Signer> {
  try {
    return await signerIn(seal, at);
  } catch (error) {
    if (isAsked && error instanceof SealError && error.code === 'expired')
      throw badField('at', said('problem.seal-at'));
    throw error;
  }
}

const otherFile = ({ sha256 }: Received, record: InspectionRecord): Problem =>
  new Problem('seal-other-file', {
    detail: said('problem.seal-other-file.hashes', { sha256, expected: record.sha256 ?? '' }),
  });

const PROBLEM_OF = {
  key: 'seal-key',
  expired: 'seal-key',
  authority: 'seal-authority',
  file: 'seal-other-file',
  noFile: 'asset-gone',
  bundle: 'seal-failed',
  out: 'seal-failed',
} as const satisfies Record<SealFault, string>;

/** Where the operator’s files lie, and what they hold, is not for clients: only the code is. */
function problemOf(error: unknown): unknown {
  if (error instanceof SealError) return new Problem(PROBLEM_OF[error.code], { cause: error });
  if (!(error instanceof PdfFault)) return error;
  if (error.code !== 'pdf.busy') return new Problem('seal-failed', { cause: error });
  return new Problem('seal-busy', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
}
