import type { Config } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { caseBagName, collectCaseToSeal, notHeldReason } from '../../service/cases/case-to-seal.js';
import type { AllowedPaths } from '../../service/inspections/allowed-paths.js';
import type { UploadDirectory } from '../../service/inspections/upload-directory.js';
import { PdfFault } from '../../service/pdf/pdf-fault.js';
import type { Printer } from '../../service/pdf/printer.js';
import {
  bagName,
  type InspectionToSeal,
  sealInspection,
  toSealedFacts,
} from '../../service/sealing/inspection-contents.js';
import {
  collectInspectionToSeal,
  type OpenInspectionFile,
} from '../../service/sealing/inspection-to-seal.js';
import { loadSigner } from '../../service/sealing/load-signer.js';
import type { BundleKind } from '../../service/sealing/names.js';
import { openReceivedFile, type ReceivedFile } from '../../service/sealing/receive-bundle.js';
import { seal as sealBag } from '../../service/sealing/seal.js';
import { SealError, type SealFault } from '../../service/sealing/seal-error.js';
import type { Signer } from '../../service/sealing/signing.js';
import { findStoredFile } from '../../service/sealing/stored-inspection.js';
import { type ZipStream, zipStream } from '../../service/sealing/write.js';
import { CaseError } from '../../storage/cases/cases.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Actor } from '../../storage/log/log.js';
import type { Stores } from '../../storage/stores.js';
import { httpLimits } from '../contract/limits.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { toMatchesView } from './matches/match-view.js';
import type { MatchSearch } from './matches/matching.js';

export interface SealRequest {
  kind: BundleKind;
  /** Time of sealing to state; left out: now. */
  at?: Date | undefined;
  language: Translator['language'];
  /** The uploaded file; its caller releases it. */
  given?: ReceivedFile | undefined;
  /** Actor for the audit log. */
  actor: Actor;
}

export interface SealedZip extends ZipStream {
  /** Name of the ZIP, without its extension. */
  name: string;
  /** Digest of the inspected file. */
  sha256: string;
}

interface Parts {
  config: Pick<Config, 'seal'>;
  stores: Pick<Stores, 'cases' | 'exchanges' | 'inspections' | 'log'>;
  inspector: Pick<Inspector, 'inspect'>;
  uploads: UploadDirectory;
  allowedPaths: Pick<AllowedPaths, 'find'>;
  matching: Pick<MatchSearch, 'searchByInspection'>;
  now: () => Date;
  /** Printer of the pages; left out: the PDF library alone, so that a bundle has the same bytes wherever it is made. */
  bundlePrinter?: Pick<Printer, 'print'> | undefined;
}

/** Seals stored inspections with the operator’s key, a few at a time. */
export class SealService {
  readonly #parts: Parts;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether a signing key is configured. */
  get isEnabled(): boolean {
    return this.#parts.config.seal !== undefined;
  }

  /** Host of the time-stamping authority, if one is configured. */
  get authorityHost(): string | undefined {
    const address = this.#parts.config.seal?.authority;
    return address === undefined ? undefined : new URL(address).host;
  }

  /** Returns whether the file is still stored, so that a bundle with it needs no upload. */
  async hasFile(record: InspectionRecord): Promise<boolean> {
    const { uploads, allowedPaths } = this.#parts;
    return (await findStoredFile(record, uploads, allowedPaths)) !== undefined;
  }

  /** Returns the ZIP as a stream; throws `Problem` if nothing was sealed. */
  async seal(record: InspectionRecord, ask: SealRequest): Promise<SealedZip> {
    const { seal } = this.#parts.config;
    if (seal === undefined) throw new Problem('seal-off');
    await this.#enter();
    let file: OpenInspectionFile | undefined;
    const release = async () => {
      if (file?.from === 'kept') await file.file.handle.close();
    };
    try {
      const at = ask.at ?? this.#parts.now();
      const signer = await loadSignerAt(seal, at, ask.at !== undefined);
      file = ask.kind === 'full' ? await this.#fileOf(record, ask.given) : undefined;
      const zip = await this.#sealed(record, ask, { signer, at, authority: seal.authority, file });
      zip.stream.once('close', () => void release().catch(() => undefined));
      return zip;
    } catch (error) {
      await release();
      throw toSealProblem(error);
    } finally {
      this.#leave();
    }
  }

  async #sealed(
    record: InspectionRecord,
    { kind, language, actor }: SealRequest,
    how: {
      signer: Signer;
      at: Date;
      authority: string | undefined;
      file: OpenInspectionFile | undefined;
    },
  ): Promise<SealedZip> {
    const of = await this.#toSeal(record, { kind, language }, how.file);
    if (of === undefined) throw new Problem('inspection-unreadable');
    const { signer, at, authority } = how;
    const { stores, bundlePrinter: paper } = this.#parts;
    const { tenant, id: subject } = record;
    const log = await stores.log.extract(tenant, [subject], { persons: kind === 'full' });
    const speech = translatorFor(language);
    const bag = await sealInspection({ ...of, log }, { signer, at, authority, speech, paper });
    const now = this.#parts.now().toISOString();
    const facts = toSealedFacts(of, bag);
    stores.log.queueEvent({ tenant, at: now, action: 'inspection.sealed', subject, facts, ...actor });
    const name = bagName(of.report);
    const zip = await zipStream(bag.files, name);
    // Logged only once the stream was read to its end, because only then may the client have them.
    if (of.exchanges !== undefined)
      zip.stream.once(
        'end',
        () => void stores.exchanges.markSealed(tenant, subject, now).catch(() => undefined),
      );
    return { ...zip, name, sha256: of.report.asset.sha256 };
  }

  #toSeal(
    record: InspectionRecord,
    { kind, language }: Pick<SealRequest, 'kind' | 'language'>,
    had: OpenInspectionFile | undefined,
  ): Promise<InspectionToSeal | undefined> {
    const { inspector, stores } = this.#parts;
    const speech = translatorFor(language);
    const matches = () => this.#matches(record, speech);
    return collectInspectionToSeal(record, { kind, had }, { stores, inspector, matches });
  }

  /**
   * Seals a whole case; `undefined` if there is none. Files that are no longer stored are left out, and the bundle says
   * so.
   */
  async sealCase(
    { tenant, id }: { tenant: string; id: string },
    ask: Omit<SealRequest, 'given'>,
  ): Promise<(ZipStream & { name: string }) | undefined> {
    const { seal: key, seal: { authority } = {} } = this.#parts.config;
    if (key === undefined) throw new Problem('seal-off');
    await this.#enter();
    const open: ReceivedFile[] = [];
    const exchanged: string[] = [];
    const release = async () => {
      for (const one of open.splice(0)) await one.handle.close();
    };
    try {
      const { kind, language } = ask;
      const at = ask.at ?? this.#parts.now();
      const signer = await loadSignerAt(key, at, ask.at !== undefined);
      const speech = translatorFor(language);
      const toSeal = async (record: InspectionRecord) => {
        const file = kind === 'full' ? await this.#fileIfStored(record) : undefined;
        if (file !== undefined && 'file' in file) open.push(file.file);
        const notHeld = file !== undefined && 'notHeld' in file ? { notHeld: file.notHeld } : {};
        const held = file !== undefined && 'file' in file ? file : undefined;
        // A Report of another version does not prevent the sealing: the bundle names it as left out.
        const of = await this.#toSeal(record, { kind, language }, held);
        if (of?.exchanges !== undefined) exchanged.push(record.id);
        return of && { of, ...notHeld };
      };
      const { stores, bundlePrinter: printer } = this.#parts;
      const parts = { stores, speech, printer, inspectionToSeal: toSeal };
      const asked = await collectCaseToSeal({ tenant, id, kind }, parts);
      if (asked === undefined) {
        await release();
        return undefined;
      }
      const bag = await sealBag(asked, { signer, at, authority, speech });
      const now = this.#parts.now().toISOString();
      const facts = { kind, bundle: bag.digest };
      stores.log.queueEvent({ tenant, at: now, action: 'case.sealed', subject: id, facts, ...ask.actor });
      const name = caseBagName(id);
      const zip = await zipStream(bag.files, name);
      zip.stream.once('close', () => void release().catch(() => undefined));
      // Logged only once the stream was read to its end, because only then may the client have them.
      zip.stream.once('end', () => {
        for (const one of exchanged)
          void stores.exchanges.markSealed(tenant, one, now).catch(() => undefined);
      });
      return { ...zip, name };
    } catch (error) {
      await release();
      if (error instanceof CaseError) throw new Problem('case-too-large', { cause: error });
      throw toSealProblem(error);
    } finally {
      this.#leave();
    }
  }

  /** Returns the stored file; a code if it is not available, because nobody uploads files again for a case. */
  async #fileIfStored(record: InspectionRecord): Promise<OpenInspectionFile | { notHeld: string }> {
    try {
      return await this.#fileOf(record, undefined);
    } catch (error) {
      if (error instanceof Problem)
        return {
          notHeld: notHeldReason(record, {
            isOther: error.code === 'seal-other-file',
            isUnread: error.cause !== undefined,
          }),
        };
      throw error;
    }
  }

  /** Searches without waiting for the index; if the search fails, the bundle says so. */
  async #matches(record: InspectionRecord, speech: Translator): Promise<object> {
    const { matching, now } = this.#parts;
    const sought = await matching.searchByInspection(record).catch(() => undefined);
    const head = { inspection: record.id, at: now().toISOString() };
    const nothing = { searched: 0, notSearchable: 0, more: false, matches: [] };
    return sought === undefined
      ? { schema: 'assay.matches/1', ...head, state: 'failed', ...nothing }
      : { ...toMatchesView(sought, speech), ...head };
  }

  /** Returns the file only if it has the bytes that were inspected. */
  async #fileOf(record: InspectionRecord, given: ReceivedFile | undefined): Promise<OpenInspectionFile> {
    const { uploads, allowedPaths } = this.#parts;
    // A companion file is not in the bundle, so nobody could verify the result with it.
    if (record.request.hasSidecar || record.request.hasInit === true)
      throw new Problem('asset-gone', { detail: message('problem.asset-gone.sealSeveral') });
    if (given !== undefined) {
      if (given.sha256 !== record.sha256) throw otherFileProblem(given, record);
      return { file: given, from: 'given' };
    }
    const path = await findStoredFile(record, uploads, allowedPaths);
    const file = path === undefined ? undefined : await openReceivedFile(path).catch(throwUnread);
    if (file?.sha256 === record.sha256 && file !== undefined) return { file, from: 'kept' };
    await file?.handle.close();
    // A file of the operator may have been replaced since.
    if (file !== undefined) throw otherFileProblem(file, record);
    throw new Problem('asset-gone', { detail: message('problem.asset-gone.seal') });
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

/**
 * If the client chose a time at which the certificate is not valid, that is its own mistake; otherwise it is the
 * operator’s.
 */
async function loadSignerAt(seal: NonNullable<Config['seal']>, at: Date, isAsked: boolean): Promise<Signer> {
  try {
    return await loadSigner(seal, at);
  } catch (error) {
    if (isAsked && error instanceof SealError && error.code === 'expired')
      throw badField('at', message('problem.seal-at'));
    throw error;
  }
}

/** The file exists, so the problem must not say that it is no longer stored. */
const throwUnread = (cause: unknown): never => {
  throw new Problem('asset-gone', { detail: message('problem.asset-gone.sealUnread'), cause });
};

const otherFileProblem = ({ sha256 }: ReceivedFile, record: InspectionRecord): Problem =>
  new Problem('seal-other-file', {
    detail: message('problem.seal-other-file.hashes', { sha256, expected: record.sha256 ?? '' }),
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

/** Paths and contents of the operator’s files are not disclosed: clients get only the code. */
function toSealProblem(error: unknown): unknown {
  if (error instanceof SealError) return new Problem(PROBLEM_OF[error.code], { cause: error });
  if (!(error instanceof PdfFault)) return error;
  if (error.code !== 'pdf.busy') return new Problem('seal-failed', { cause: error });
  return new Problem('seal-busy', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
}
