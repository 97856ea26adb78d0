import { caseBagName, caseToSeal, notHeldBecause } from '../cases/to-seal.js';
import type { Config } from '../config.js';
import type { Report } from '../core/report/report.js';
import type { Inspector } from '../isolation/inspector.js';
import { PdfFault } from '../pdf/pdf-fault.js';
import type { Printer } from '../pdf/printer.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { bagName, type InspectionToSeal, sealedFacts, sealInspection } from '../seal/inspection.js';
import type { Kind } from '../seal/names.js';
import { openReceived, type Received } from '../seal/received.js';
import { seal as sealBag } from '../seal/seal.js';
import { SealError, type SealFault } from '../seal/seal-error.js';
import { signerIn } from '../seal/signer-in.js';
import type { Signer } from '../seal/signing.js';
import { type ZipStream, zipStream } from '../seal/write.js';
import { CaseError } from '../store/cases.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { Actor } from '../store/log.js';
import type { Stores } from '../store/stores.js';
import { type HeldFile, inspectionToSeal } from '../to-seal.js';
import type { AllowedPaths } from '../worker/allowed-paths.js';
import { keptPath } from '../worker/to-seal.js';
import { reportIn } from './language.js';
import { httpLimits } from './limits.js';
import { matchesTold } from './matches-told.js';
import type { Matching } from './matching.js';
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
  stores: Pick<Stores, 'cases' | 'exchanges' | 'inspections' | 'log'>;
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
    let file: HeldFile | undefined;
    const release = async () => {
      if (file?.from === 'kept') await file.file.handle.close();
    };
    try {
      const at = ask.at ?? this.#parts.now();
      const signer = await signerAt(seal, at, ask.at !== undefined);
      file = ask.kind === 'full' ? await this.#fileOf(record, ask.given) : undefined;
      const zip = await this.#sealed(record, ask, { signer, at, authority: seal.authority, file });
      zip.stream.once('close', () => void release().catch(() => undefined));
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
      file: HeldFile | undefined;
    },
  ): Promise<SealedZip> {
    const of = await this.#toSeal(record, { kind, language }, how.file);
    if (of === undefined) throw new Problem('inspection-unreadable');
    const { signer, at, authority } = how;
    const { stores, paper } = this.#parts;
    const { tenant, id: subject } = record;
    const log = await stores.log.extract(tenant, [subject], { persons: kind === 'full' });
    const speech = speechOf(language);
    const bag = await sealInspection({ ...of, log }, { signer, at, authority, speech, paper });
    const now = this.#parts.now().toISOString();
    const facts = sealedFacts(of, bag);
    stores.log.note({ tenant, at: now, action: 'inspection.sealed', subject, facts, ...actor });
    const name = bagName(of.report);
    const zip = await zipStream(bag.files, name);
    // Read to its end: whoever asked may have it.
    if (of.exchanges !== undefined)
      zip.stream.once(
        'end',
        () => void stores.exchanges.noteSealed(tenant, subject, now).catch(() => undefined),
      );
    return { ...zip, name, sha256: of.report.asset.sha256 };
  }

  #toSeal(
    record: InspectionRecord,
    { kind, language }: Pick<SealAsk, 'kind' | 'language'>,
    had: HeldFile | undefined,
  ): Promise<InspectionToSeal | undefined> {
    const { inspector, stores } = this.#parts;
    const speech = speechOf(language);
    const told = (report: Report) => reportIn(report, language);
    const matches = () => this.#matches(record, speech);
    return inspectionToSeal(record, { kind, had }, { stores, inspector, told, matches });
  }

  /** A case as a whole; undefined where there is none. Files that are not kept any more are not in it, which it says. */
  async sealCase(
    { tenant, id }: { tenant: string; id: string },
    ask: Omit<SealAsk, 'given'>,
  ): Promise<(ZipStream & { name: string }) | undefined> {
    const { seal: key, seal: { authority } = {} } = this.#parts.config;
    if (key === undefined) throw new Problem('seal-off');
    await this.#enter();
    const open: Received[] = [];
    const exchanged: string[] = [];
    const release = async () => {
      for (const one of open.splice(0)) await one.handle.close();
    };
    try {
      const { kind, language } = ask;
      const at = ask.at ?? this.#parts.now();
      const signer = await signerAt(key, at, ask.at !== undefined);
      const speech = speechOf(language);
      const toSeal = async (record: InspectionRecord) => {
        const file = kind === 'full' ? await this.#fileIfKept(record) : undefined;
        if (file !== undefined && 'file' in file) open.push(file.file);
        const notHeld = file !== undefined && 'notHeld' in file ? { notHeld: file.notHeld } : {};
        const held = file !== undefined && 'file' in file ? file : undefined;
        // One Report of another version does not keep a case from being sealed: the bundle says that it is not in it.
        const of = await this.#toSeal(record, { kind, language }, held);
        if (of?.exchanges !== undefined) exchanged.push(record.id);
        return of && { of, ...notHeld };
      };
      const { stores, paper: printer } = this.#parts;
      const parts = { stores, speech, printer, inspectionToSeal: toSeal };
      const asked = await caseToSeal({ tenant, id, kind }, parts);
      if (asked === undefined) {
        await release();
        return undefined;
      }
      const bag = await sealBag(asked, { signer, at, authority, speech });
      const now = this.#parts.now().toISOString();
      const facts = { kind, bundle: bag.digest };
      stores.log.note({ tenant, at: now, action: 'case.sealed', subject: id, facts, ...ask.actor });
      const name = caseBagName(id);
      const zip = await zipStream(bag.files, name);
      zip.stream.once('close', () => void release().catch(() => undefined));
      // Read to its end: whoever asked may have them.
      zip.stream.once('end', () => {
        for (const one of exchanged)
          void stores.exchanges.noteSealed(tenant, one, now).catch(() => undefined);
      });
      return { ...zip, name };
    } catch (error) {
      await release();
      if (error instanceof CaseError) throw new Problem('case-too-large', { cause: error });
      throw problemOf(error);
    } finally {
      this.#leave();
    }
  }

  /** Of a case nobody gives files again: a code where it cannot be had. */
  async #fileIfKept(record: InspectionRecord): Promise<HeldFile | { notHeld: string }> {
    try {
      return await this.#fileOf(record, undefined);
    } catch (error) {
      if (error instanceof Problem)
        return {
          notHeld: notHeldBecause(record, {
            isOther: error.code === 'seal-other-file',
            isUnread: error.cause !== undefined,
          }),
        };
      throw error;
    }
  }

  /** A bundle does not wait for what looks alike, and says so where nobody could look. */
  async #matches(record: InspectionRecord, speech: Speech): Promise<object> {
    const { matching, now } = this.#parts;
    const sought = await matching.ofInspection(record).catch(() => undefined);
    const head = { inspection: record.id, at: now().toISOString() };
    const nothing = { searched: 0, notSearchable: 0, more: false, matches: [] };
    return sought === undefined
      ? { schema: 'assay.matches/1', ...head, state: 'failed', ...nothing }
      : { ...matchesTold(sought, speech), ...head };
  }

  /** Nothing but the bytes that were inspected counts. */
  async #fileOf(record: InspectionRecord, given: Received | undefined): Promise<HeldFile> {
    const { uploads, allowedPaths } = this.#parts;
    // What is not in the bundle nobody could check with it.
    if (record.request.hasSidecar || record.request.hasInit === true)
      throw new Problem('asset-gone', { detail: said('problem.asset-gone.sealSeveral') });
    if (given !== undefined) {
      if (given.sha256 !== record.sha256) throw otherFile(given, record);
      return { file: given, from: 'given' };
    }
    const path = await keptPath(record, uploads, allowedPaths);
    const file = path === undefined ? undefined : await openReceived(path).catch(throwUnread);
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

/** It is there: that it is no longer kept would be wrong. */
const throwUnread = (cause: unknown): never => {
  throw new Problem('asset-gone', { detail: said('problem.asset-gone.sealUnread'), cause });
};

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
  notRead: 'seal-failed',
  out: 'seal-failed',
  notWritten: 'seal-failed',
} as const satisfies Record<SealFault, string>;

/** Where the operator’s files lie, and what they hold, is not for clients: only the code is. */
function problemOf(error: unknown): unknown {
  if (error instanceof SealError) return new Problem(PROBLEM_OF[error.code], { cause: error });
  if (!(error instanceof PdfFault)) return error;
  if (error.code !== 'pdf.busy') return new Problem('seal-failed', { cause: error });
  return new Problem('seal-busy', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
}
