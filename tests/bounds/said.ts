import { expect } from 'vitest';
import { type Carrier, couldNotLook } from '../../src/core/evidence.js';
import { localise } from '../../src/core/localise.js';
import type { Report } from '../../src/core/report.js';
import { isFurther } from '../../src/core/sentence-unread.js';
import { en } from '../../src/core/words/en/index.js';
import { zh } from '../../src/core/words/zh/index.js';
import { faultText } from '../fault-text.js';

export interface Expected {
  carrier: Carrier;
  code: string;
  /** Facts of streams, coding and thumbnails are no place of a label: the read says so, and coverage stays whole. */
  holdsNoLabel?: boolean;
  /** Where something else in the file decides it. */
  origin?: Report['summary']['origin'];
}

/** That a bound was hit stands in `reads`, in coverage and in the sentence, in both languages. */
export function expectSaid(
  report: Report,
  { carrier, code, holdsNoLabel = false, origin = 'unknown' }: Expected,
): void {
  const read = report.reads[carrier];
  expect(read).toMatchObject({ code });
  expect(faultText(read)).toMatch(/^[A-Z][^{}‹]*\.$/);
  expect(couldNotLook(read)).toBe(true);
  const chinese = localise(report, zh, []);
  expect(faultText(read, 'zh-Hans')).toMatch(/^[^{}‹]*[\u4e00-\u9fff][^{}‹]*。$/);
  if (holdsNoLabel) return;
  const { coverage, sentence } = report.summary;
  expect(coverage.state).not.toBe('complete');
  expect(coverage.unread).toContainEqual({ carrier, code, ...(read.params ? { params: read.params } : {}) });
  expect(report.summary.origin).toBe(origin);
  for (const said of saying(en, report)) expect(sentence).toContain(said);
  for (const said of saying(zh, chinese)) expect(chinese.summary.sentence).toContain(said);
}

/** The sentences that name what was not looked into: a second file inside has one of its own. */
function saying(words: typeof en | typeof zh, { summary }: Report): string[] {
  const { unread } = summary.coverage;
  const carriers = unread.filter((one) => !isFurther(one)).map((one) => one.carrier);
  const named = carriers.slice(0, carriers.length > 4 ? 3 : undefined);
  return [
    ...unread.filter(isFurther).map((one) => faultText(one, words.language).replace(/[.。]$/, '')),
    ...(carriers.length === 0 ? [] : [words.sentences.unreadParts(named, carriers.length - named.length)]),
  ];
}
