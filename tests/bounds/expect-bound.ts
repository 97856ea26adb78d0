import { expect } from 'vitest';
import { limits } from '../../src/base/limits.js';
import { type Carrier, isNotRead } from '../../src/core/media/carrier.js';
import { buildPage } from '../../src/core/page/page.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { isFurtherFile } from '../../src/core/summary/sentence/unread.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { faultText } from '../support/fault-text.js';
import type { Limit } from './past.js';

export interface Expected {
  /** The limit that a general code such as `bound.entries` must name. */
  bound?: Limit;
  carrier: Carrier;
  code: string;
  /**
   * Facts of streams, coding and thumbnails cannot contain a label: the read reports the limit, and coverage stays
   * complete.
   */
  holdsNoLabel?: boolean;
  /** Set if something else in the file decides the origin. */
  origin?: StoredReport['summary']['origin'];
}

const UNREAD: ReadonlySet<string> = new Set([
  'sentence.unreadParts',
  'sentence.lateParts',
  'sentence.history.inPart',
  'sentence.cutOff.end',
]);
const FURTHER: ReadonlySet<string> = new Set(['sentence.furtherParts', 'sentence.furtherCount']);

/** Codes shared by many limits. */
const GENERAL_CODES: ReadonlySet<string> = new Set([
  'bound.entries',
  'bound.bytes',
  'bound.characters',
  'bound.depth',
  'bound.texts',
  'bound.shortened',
]);

/** Asserts that the exceeded limit is reported in `reads`, in coverage and in the sentence, in every language. */
export function expectSaid(
  report: StoredReport,
  { bound, carrier, code, holdsNoLabel = false, origin = 'unknown' }: Expected,
): void {
  const read = report.reads[carrier];
  expect(read).toMatchObject({ code });
  // The engines’ limit on pairs of boxes is stated as the limit on boxes in one level.
  if (bound !== undefined && bound !== 'engineBoxes' && GENERAL_CODES.has(code))
    expect(Object.values(read.params ?? {})).toContain(limits[bound]);
  expect(faultText(read)).toMatch(/^[A-Z][^{}‹]*\.$/);
  expect(isNotRead(read)).toBe(true);
  expect(faultText(read, 'zh-Hans')).toMatch(/^[^{}‹]*[\u4e00-\u9fff][^{}‹]*。$/);
  if (holdsNoLabel) return;
  const { coverage, messages } = report.summary;
  expect(coverage.state).not.toBe('complete');
  expect(coverage.unread).toContainEqual({ carrier, code, ...(read.params ? { params: read.params } : {}) });
  expect(report.summary.origin).toBe(origin);
  // Whatever the sentences say, the page lists what could not be examined, with the reason after it.
  for (const language of LANGUAGES) {
    const { unread } = buildPage(report, translatorFor(language));
    expect(unread?.line).toMatch(/^(Not read: |未读取：)([1-9]|文件中 [1-9]|the whole file|整个文件)/);
    expect(unread?.reasons.length).toBeGreaterThan(0);
  }
  const ids = messages?.sentence.map(({ id }) => id);
  // Another part of the file may be the one doubt that is mentioned.
  if (origin !== 'unknown') return;
  // Next to a trace or a label, its own caveat is the one doubt.
  if (ids?.some((id) => id.startsWith('sentence.caveat.'))) return;
  const own = coverage.unread.some((one) => !isFurtherFile(one)) ? UNREAD : FURTHER;
  expect(ids?.filter((id) => own.has(id))).toHaveLength(1);
}
