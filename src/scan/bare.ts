import { nameSignals } from '../core/detectors/name-signals.js';
import type { Observation, Report } from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import type { Said } from '../say/said.js';
import type { SlimRecord } from './record.js';
import { unboundedSlim } from './slim.js';

/**
 * A record as a reading process makes it, of what it observed: ids and params, and of the file's own words those that a
 * record has. What the file is called, where it lies, when it was changed, its length and its hash it does not say, and no
 * text of ours: who reads the answer knows the former and writes the latter (bare-told.ts).
 */
export interface BareRecord extends Omit<SlimRecord, ByParent | 'summary' | 'asset' | 'contradictions'> {
  asset: Pick<SlimRecord['asset'], 'mediaType' | 'kind'>;
  summary: Omit<SlimRecord['summary'], 'sentence'>;
  contradictions: Omit<SlimRecord['contradictions'][number], 'statement'>[];
  /** Of its credentials, what is to be said in the place of their texts. */
  toSay?: { list?: Said; listDate?: string; bytesFault?: Said };
}

/** Never said by the process. */
export const BY_PARENT = [
  ...(['schema', 'path', 'pathBytes', 'modified', 'etag', 'sidecars', 'init', 'initBytes'] as const),
  ...(['duplicateOf', 'duplicateOfBytes', 'linkOf', 'linkOfBytes', 'gone', 'readIn'] as const),
  ...(['findings', 'silent', 'law', 'folder', 'likeness', 'kept'] as const),
];
type ByParent = (typeof BY_PARENT)[number];

const NOWHERE = { path: '', modified: 0 };

/**
 * Undefined where a name has had a say in it, which is not known here: the Observation is needed to take it back; and where it
 * will have one, since its ending says another media type than the bytes. `declared`: that type, where it says any.
 */
export function bareOf({ report }: Observation, declared?: string): BareRecord | undefined {
  if (report.signals.some(({ basis }) => basis.some(({ carrier }) => carrier === 'file'))) return undefined;
  if (declared !== undefined && isBelied(declared, report.asset)) return undefined;
  return bareOfNamed(report);
}

const isBelied = (declaredMediaType: string, { bytes, mediaType }: Report['asset']): boolean =>
  declaredMediaType !== mediaType &&
  nameSignals({ name: '', declaredMediaType }, { bytes, mediaType, fittingHints: SIGNAL_IDS }).length > 0;

/** The same of what was given its file's name since, where no law is asked. */
export function bareOfNamed(seen: Observation['report']): BareRecord {
  const report = { ...seen, findings: [], tool: { ...seen.tool, rulebooks: [] } } satisfies Report;
  const whole = unboundedSlim(NOWHERE, report);
  const { schema: _, path: __, modified: ___, folder: ____, findings: _____, ...record } = whole;
  const { asset, summary, contradictions } = record;
  const { sentence: ______, ...unsaid } = summary;
  const { signer, said } = report.contentCredentials;
  const list = signer?.said?.list;
  const bytesFault = said?.bytesFault;
  const toSay = {
    ...(list === undefined ? {} : { list }),
    ...(list === undefined || signer?.listDate === undefined ? {} : { listDate: signer.listDate }),
    ...(bytesFault === undefined ? {} : { bytesFault }),
  };
  return {
    ...record,
    asset: { mediaType: asset.mediaType, kind: asset.kind },
    summary: unsaid,
    contradictions: contradictions.map(({ statement: _, ...one }) => one),
    ...(Object.keys(toSay).length === 0 ? {} : { toSay }),
  };
}
