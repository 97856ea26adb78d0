import { expect } from 'vitest';
import { type Carrier, couldNotLook } from '../../src/core/media/carrier.js';
import { onePageOf } from '../../src/core/renderers/one-page.js';
import type { Report } from '../../src/core/report/report.js';
import { isFurther } from '../../src/core/summary/sentence-unread.js';
import { LANGUAGES } from '../../src/say/languages.js';
import { speechOf } from '../../src/say/speech.js';
import { faultText } from '../fault-text.js';

export interface Expected {
  carrier: Carrier;
  code: string;
  /** Facts of streams, coding and thumbnails are no place of a label: the read says so, and coverage stays whole. */
  holdsNoLabel?: boolean;
  /** Where something else in the file decides it. */
  origin?: Report['summary']['origin'];
}

const UNREAD: ReadonlySet<string> = new Set([
  'sentence.unreadParts',
  'sentence.lateParts',
  'sentence.history.inPart',
  'sentence.cutOff.end',
]);
const FURTHER: ReadonlySet<string> = new Set(['sentence.furtherParts', 'sentence.furtherCount']);

/** That a bound was hit stands in `reads`, in coverage and in the sentence, in every language. */
export function expectSaid(
  report: Report,
  { carrier, code, holdsNoLabel = false, origin = 'unknown' }: Expected,
): void {
  const read = report.reads[carrier];
  expect(read).toMatchObject({ code });
  expect(faultText(read)).toMatch(/^[A-Z][^{}‹]*\.$/);
  expect(couldNotLook(read)).toBe(true);
  expect(faultText(read, 'zh-Hans')).toMatch(/^[^{}‹]*[\u4e00-\u9fff][^{}‹]*。$/);
  if (holdsNoLabel) return;
  const { coverage, said } = report.summary;
  expect(coverage.state).not.toBe('complete');
  expect(coverage.unread).toContainEqual({ carrier, code, ...(read.params ? { params: read.params } : {}) });
  expect(report.summary.origin).toBe(origin);
  // Whatever the sentences speak of, the page has its line of what could not be looked into, with the reason behind it.
  for (const language of LANGUAGES) {
    const { unread } = onePageOf(report, speechOf(language));
    expect(unread?.line).toMatch(/^(Could not look: |未能查看：)[1-9]/);
    expect(unread?.rows.length).toBeGreaterThan(0);
  }
  const ids = said?.sentence.map(({ id }) => id);
  // Something else in the file may be the one doubt that is said.
  if (origin !== 'unknown') return;
  // Beside a trace or a label, what limits that is the one doubt.
  if (ids?.some((id) => id.startsWith('sentence.caveat.'))) return;
  const own = coverage.unread.some((one) => !isFurther(one)) ? UNREAD : FURTHER;
  expect(ids?.filter((id) => own.has(id))).toHaveLength(1);
}
