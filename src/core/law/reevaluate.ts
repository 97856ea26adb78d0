import { deriveUnknowable } from '../detectors/derived-signals.js';
import { DETECTORS } from '../detectors/index.js';
import { type Carrier, isNotRead } from '../media/carrier.js';
import { knownKindOf } from '../media/media-types.js';
import type { Finding } from '../report/finding-schema.js';
import type { StoredReport } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import { unknowableSignals } from '../signals/bytes-fault.js';
import { OWN_PARTS } from '../signals/bytes-parts.js';
import { evaluate } from './evaluate.js';
import { addFileDates, judgeFacts, listEditions } from './findings.js';
import { listSelectedRulebooks, type ResolvedLaw } from './law-selection.js';
import type { Rulebook } from './rulebook.js';

/** Members of a Report that rules depend on. A carrier without a read was examined, or does not exist in the format. */
export interface JudgedReport {
  asset: Pick<StoredReport['asset'], 'kind' | 'mediaType'>;
  signals: readonly Signal[];
  reads: Partial<Record<Carrier, Pick<StoredReport['reads'][Carrier], 'status' | 'code'>>>;
  contentCredentials: Pick<StoredReport['contentCredentials'], 'messages' | 'bytesFaultMissing'>;
}

/**
 * Returns the findings of a Report under other rulebooks or on another day, from its own signals: the file is not
 * opened. Signals that could not be looked for remain unknown.
 */
export function reevaluate(
  report: JudgedReport,
  rulebooks: readonly Rulebook[],
  asOf: string,
  roles?: readonly Role[],
): Finding[] {
  const facts = {
    kind: knownKindOf(report.asset),
    signals: report.signals,
    unknowable: findUnknowable(report),
    asOf,
  };
  return evaluate(rulebooks, facts, roles);
}

/** Returns the findings together with the summary of each jurisdiction. */
export function rejudge(
  report: JudgedReport,
  law: ResolvedLaw,
  asOf: string,
): Pick<StoredReport, 'findings' | 'law'> {
  const { asset, signals } = report;
  return judgeFacts({ kind: knownKindOf(asset), signals, unknowable: findUnknowable(report), asOf }, law);
}

type Day = Pick<StoredReport['tool'], 'asOf'> & Partial<Pick<StoredReport['tool'], 'asOfSource'>>;

/** Returns a stored Report with new findings and editions, its members in their defined order. */
export function applyLawToReport(report: StoredReport, law: ResolvedLaw, day: Day): StoredReport {
  const { findings: _, law: __, fileDates: ___, schema, asset, summary, tool, ...seen } = report;
  const { contentCredentials, signals, contradictions, ...last } = seen;
  return {
    ...{ schema, asset, summary, contentCredentials, signals, contradictions },
    ...addFileDates(report, rejudge(report, law, day.asOf)),
    ...last,
    tool: { ...tool, rulebooks: listEditions(listSelectedRulebooks(law)), ...day },
  };
}

/** Derives from the Report the unknowable signals that detector.ts derives from the evidence. */
export function findUnknowable({
  reads,
  contentCredentials,
  signals,
}: Omit<JudgedReport, 'asset'>): Set<SignalId> {
  const missed = (carrier: Carrier): boolean => {
    const read = reads[carrier];
    return read !== undefined && isNotRead(read);
  };
  const { messages, bytesFaultMissing = OWN_PARTS } = contentCredentials;
  const isWhole = messages?.bytesFault === undefined;
  const unknowable = new Set([
    ...DETECTORS.filter(({ needs }) => needs.some(missed)).flatMap(({ raises }) => raises),
    ...(isWhole ? [] : unknowableSignals(bytesFaultMissing, signals)),
  ]);
  return new Set([...unknowable, ...deriveUnknowable(unknowable)]);
}
