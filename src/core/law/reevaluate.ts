import { derivedUnknowable } from '../detectors/derived-signals.js';
import { DETECTORS } from '../detectors/index.js';
import { type Carrier, couldNotLook } from '../media/carrier.js';
import { kindKnown } from '../media/media-types.js';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import { unknowableWithout } from '../signals/bytes-fault.js';
import { OWN_PARTS } from '../signals/bytes-parts.js';
import { booksIn, type Law } from './asked-law.js';
import { evaluate } from './finding.js';
import type { Rulebook } from './rulebook.js';
import { datedBeside, editionsOf, judgement } from './with-findings.js';

/** What of a Report rules are asked about. A carrier without a read was looked at, or the format has none. */
export interface Judged {
  asset: Pick<Report['asset'], 'kind' | 'mediaType'>;
  signals: readonly Signal[];
  reads: Partial<Record<Carrier, Pick<Report['reads'][Carrier], 'status' | 'code'>>>;
  contentCredentials: Pick<Report['contentCredentials'], 'said' | 'bytesFault' | 'bytesFaultMissing'>;
}

/**
 * The findings of a Report under other rulebooks or on another day, from its own signals: the file is not opened.
 * What could not be looked for then is still unknown.
 */
export function reevaluate(
  report: Judged,
  rulebooks: readonly Rulebook[],
  asOf: string,
  roles?: readonly Role[],
): Finding[] {
  const facts = {
    kind: kindKnown(report.asset),
    signals: report.signals,
    unknowable: unknowableIn(report),
    asOf,
  };
  return evaluate(rulebooks, facts, roles);
}

/** The same with what each place makes of it in brief. */
export function rejudge(report: Judged, law: Law, asOf: string): Pick<Report, 'findings' | 'law'> {
  const { asset, signals } = report;
  return judgement({ kind: kindKnown(asset), signals, unknowable: unknowableIn(report), asOf }, law);
}

type Day = Pick<Report['tool'], 'asOf'> & Partial<Pick<Report['tool'], 'asOfBecause'>>;

/** A kept Report with all that the rulebooks make of it, and what it says of them. Its members in their order. */
export function judgedAnew(report: Report, law: Law, day: Day): Report {
  const { findings: _, law: __, fileDates: ___, schema, asset, summary, tool, ...seen } = report;
  const { contentCredentials, signals, contradictions, ...last } = seen;
  return {
    ...{ schema, asset, summary, contentCredentials, signals, contradictions },
    ...datedBeside(report, rejudge(report, law, day.asOf)),
    ...last,
    tool: { ...tool, rulebooks: editionsOf(booksIn(law)), ...day },
  };
}

/** As detector.ts finds it from the evidence, read off the Report. */
export function unknowableIn({ reads, contentCredentials, signals }: Omit<Judged, 'asset'>): Set<SignalId> {
  const missed = (carrier: Carrier): boolean => {
    const read = reads[carrier];
    return read !== undefined && couldNotLook(read);
  };
  const { said, bytesFault, bytesFaultMissing = OWN_PARTS } = contentCredentials;
  // A version before kept the words alone.
  const isWhole = (said?.bytesFault ?? bytesFault) === undefined;
  const unknowable = new Set([
    ...DETECTORS.filter(({ needs }) => needs.some(missed)).flatMap(({ raises }) => raises),
    ...(isWhole ? [] : unknowableWithout(bytesFaultMissing, signals)),
  ]);
  return new Set([...unknowable, ...derivedUnknowable(unknowable)]);
}
