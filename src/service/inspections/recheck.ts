import { Readable } from 'node:stream';
import { compact } from '../../base/json-shape.js';
import { resolveLaw, selectedRulebookIds } from '../../core/law/law-selection.js';
import { applyLawToReport } from '../../core/law/reevaluate.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Actor } from '../../core/transparency-log/leaf.js';
import { message } from '../../i18n/message.js';
import type { ReportRejudger } from '../../inspect/makers/recheck.js';
import type { ExchangeStore } from '../../storage/inspections/exchanges.js';
import type {
  AnswerVersions,
  Derivative,
  InspectionRecord,
  NewInspection,
  StoredRequest,
} from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { withoutCompanions } from './answer-key.js';
import { findUnapplied } from './changes.js';
import { InspectionRefusal } from './inspection-refusal.js';
import type { InspectionService, Submitted } from './inspection-service.js';
import { buildResult } from './result.js';
import { requireStoredReport } from './stored-report.js';
import type { UploadDirectory } from './upload-directory.js';
import type { AnswerInputs } from './versions.js';

interface StoredInspection {
  record: InspectionRecord;
  news: NewInspection;
  before: AnswerVersions;
  now: AnswerVersions;
  /** Stored record of the signers. */
  trust: Derivative | undefined;
}

interface RecheckParts {
  service: InspectionService;
  inspections: InspectionRepository;
  exchanges: Pick<ExchangeStore, 'get'>;
  files: UploadDirectory;
  versions: AnswerInputs;
  rejudger: ReportRejudger;
  /** Expiry of a report made now. */
  expiry(): { expiresAt?: string };
  /** `YYYY-MM-DD`, UTC. */
  today(): string;
}

/** Options of a new question about the same file. */
export type ChangedOptions = Pick<StoredRequest, 'deep' | 'visible' | 'reveal'> & { asOf?: string };

interface RecheckRequest {
  /** Id of the new inspection. */
  id: string;
  /** Personal data that was revealed is revealed again only if the caller may see it. */
  mayReveal: boolean;
  by: Actor;
  /** Queues it if the file is stored. */
  later: boolean;
  /** Present for another question: its answer stands beside the earlier one and does not supersede it. */
  changed?: ChangedOptions;
}

/**
 * Repeats inspections: on the file if it is still stored, else on the stored data. Another rulebook or day needs no
 * byte of the file; another trust list, engine or reader may.
 */
export class Rechecker {
  readonly #parts: RecheckParts;

  constructor(parts: RecheckParts) {
    this.#parts = parts;
  }

  close(): void {
    this.#parts.rejudger.close();
  }

  /** Throws `InspectionRefusal`. */
  async recheck(
    record: InspectionRecord,
    { id, mayReveal, by, later, changed }: RecheckRequest,
  ): Promise<Submitted> {
    if (record.status !== 'done') throw new InspectionRefusal('not-finished');
    const { service, exchanges, files, expiry, today } = this.#parts;
    const { asOf, ...other } = changed ?? {};
    const { reveal, keyId: _, ...asked } = { ...record.request, ...other };
    const request = { ...asked, ...(reveal !== undefined && mayReveal ? { reveal } : {}) };
    const { tenant, caseRef, caseBy, sizeBytes, sha256, tags } = record;
    const news: NewInspection = {
      ...{ id, tenant, by, tags },
      ...(changed === undefined ? { supersedes: record.id } : {}),
      createdAt: new Date().toISOString(),
      request: {
        ...request,
        ...compact({ keyId: by.keyId }),
        ...(request.asOfSource === 'today' ? { asOf: today() } : {}),
        ...(asOf === undefined ? {} : { asOf, asOfSource: 'requested' as const }),
      },
      ...expiry(),
      ...compact({ caseRef, caseBy, sizeBytes, sha256 }),
      // Copied, because the earlier inspection may be deleted.
      ...compact({
        exchanges: request.servedBy === undefined ? undefined : await exchanges.get(tenant, record.id),
      }),
    };
    if (request.path === undefined && !(await files.share(record.id, id, request))) {
      if (Object.keys(other).length > 0) throw new InspectionRefusal('asset-gone');
      return this.#recheckStored(record, news);
    }
    return service.submit(news, { later, gone: () => false });
  }

  async #recheckStored(record: InspectionRecord, news: NewInspection): Promise<Submitted> {
    const { inspections, files, versions } = this.#parts;
    const now = await versions.now(selectedRulebookIds(news.request));
    const before = record.versions ?? now;
    const derivatives = await inspections.listDerivatives(record.tenant, record.id);
    const kept = { record, news, before, now };
    const trust = derivatives.find(({ kind }) => kind === 'trust');
    const { reveal: _, ...ordinary } = news.request;
    const masked = { ...kept, news: { ...news, request: ordinary }, trust };
    const again = await this.#rejudgeReport(requireStoredReport(record), masked);
    const revealed = news.request.reveal === undefined ? [] : await this.#recheckRevealed(kept);
    const result = await buildResult({
      // A cache key would claim that the file was read, which it was not.
      record: { ...news, request: withoutCompanions(news.request) },
      before: record,
      report: again,
      versions: { ...before, lists: now.lists, rulebooks: now.rulebooks },
      files,
      // Both are derived from the same bytes.
      derivatives: [...derivatives, ...revealed],
    });
    const { answerKey: _key, changes, ...unkeyed } = result;
    await inspections.createDone(news, {
      ...unkeyed,
      ...(changes === undefined ? {} : { changes: { ...changes, notApplied: findUnapplied(before, now) } }),
    });
    return { outcome: 'done', id: news.id, report: JSON.stringify(again) };
  }

  /** Builds the unmasked variant that was requested, with the same changes as the masked one. */
  async #recheckRevealed(kept: Omit<StoredInspection, 'trust'>): Promise<Derivative[]> {
    const { tenant, id } = kept.record;
    const revealed = await this.#parts.inspections.listRevealed(tenant, id);
    const trust = revealed.find(({ kind }) => kind === 'revealed-trust');
    return Promise.all(
      revealed.map(async (one) => {
        if (one.kind !== 'revealed-report') return one;
        const report = requireStoredReport({ report: one.content.toString('utf8') });
        const again = await this.#rejudgeReport(report, { ...kept, trust });
        return { ...one, content: Buffer.from(JSON.stringify(again)) };
      }),
    );
  }

  async #rejudgeReport(report: StoredReport, kept: StoredInspection): Promise<StoredReport> {
    const { request } = kept.news;
    const weighed = await this.#reevaluateSigners(report, kept);
    return applyLawToReport(weighed, resolveLaw(request), { asOf: request.asOf });
  }

  /**
   * Evaluates the signers against the present trust lists and day. Rulebooks alone do not need it: a file without a
   * manifest store stays unchanged, and so does one whose signers are not affected.
   */
  async #reevaluateSigners(report: StoredReport, kept: StoredInspection): Promise<StoredReport> {
    const { contentCredentials: credentials, tool } = report;
    const { news, before, now, trust } = kept;
    const otherLists = JSON.stringify(before.lists) !== JSON.stringify(now.lists);
    const otherDay = tool.asOf !== news.request.asOf;
    if (credentials.presence !== 'present' || !(otherLists || otherDay)) return report;
    if (trust !== undefined) return this.#runReevaluation(report, trust, news);
    // With a proven signing time the requested day does not matter.
    if (!otherLists && credentials.time?.proven !== undefined) return report;
    throw new InspectionRefusal('asset-gone', {
      detail: message(otherLists ? 'problem.asset-gone.lists' : 'problem.asset-gone.day'),
    });
  }

  async #runReevaluation(
    { findings: _, law: __, fileDates: ___, tool, ...seen }: StoredReport,
    trust: Derivative,
    news: NewInspection,
  ): Promise<StoredReport> {
    const { files: uploads, rejudger: againJudge } = this.#parts;
    const { rulebooks, isolation, isolationReason, ...asked } = tool;
    const inspection = {
      report: { ...seen, tool: asked },
      kept: JSON.parse(trust.content.toString('utf8')),
      reveal: news.request.reveal,
    };
    const path = uploads.file(news.id);
    try {
      await uploads.write(path, Readable.from([JSON.stringify(inspection)]));
      const answer = await againJudge.rejudge(path, news.request.asOf);
      if ('cannotTell' in answer) {
        throw new InspectionRefusal('asset-gone', {
          detail: message('problem.asset-gone.cannotTell', { what: answer.cannotTell }),
        });
      }
      const { report } = answer.observed;
      return {
        ...report,
        // The identity of the file is taken over unchanged.
        asset: { ...report.asset, ...identity(seen.asset) },
        findings: [],
        tool: {
          ...report.tool,
          rulebooks,
          ...(isolation && { isolation }),
          ...(isolationReason && { isolationReason }),
        },
      };
    } finally {
      await uploads.removeOf(news.id);
    }
  }
}

const identity = ({ name, bytes, sha256, declaredMediaType, servedBy }: StoredReport['asset']) => ({
  name,
  bytes,
  sha256,
  ...compact({ declaredMediaType, servedBy }),
});
