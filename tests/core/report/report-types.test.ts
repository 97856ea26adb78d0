import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Report as ClientReport } from '../../../clients/typescript/src/api.js';
import { localizeReport, toStoredReport } from '../../../src/core/law/localize.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import type { Finding, Report } from '../../../src/index.js';
import type { FinishedInspection } from '../../../src/storage/inspections/inspections.js';
import { fullReport } from '../renderers/report-literal.js';

/** Each member of a list. */
type Each<T> = NonNullable<T> extends readonly (infer One)[] ? One : never;
/** Whether `undefined` is ruled out, and any text may be assigned. */
type IsRequiredText<T> = undefined extends T
  ? false
  : string extends T
    ? T extends string
      ? true
      : false
    : false;

describe('a localized Report', () => {
  it('cannot be stored, and a stored one cannot be handed out', () => {
    const localized = localizeReport(fullReport(), translatorFor('en'));
    // @ts-expect-error: it has texts.
    const wrong: Pick<FinishedInspection, 'report'> = { report: localized };
    const right: Pick<FinishedInspection, 'report'> = { report: toStoredReport(localized) };
    expect(wrong.report).not.toEqual(right.report);
    // @ts-expect-error: it has no texts.
    const handedOut: Report = right.report;
    expect(handedOut).toBe(right.report);
    // @ts-expect-error: so has each finding.
    const findings: StoredReport['findings'] = localized.findings;
    expect(findings).toHaveLength(localized.findings.length);
  });

  it('has all its texts in the types of the library', () => {
    type Summary = Report['summary'];
    expectTypeOf<IsRequiredText<Summary['sentence']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Summary['headline']['text']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Summary['facts'][keyof Summary['facts']]['text']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Finding['title' | 'statement']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Each<Report['contradictions']>['statement']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Each<Report['notChecked']>['what' | 'why']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Each<Report['whyMissing']>['says' | 'source']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Each<Report['tool']['lists']>['name']>>().toEqualTypeOf<true>();
    expectTypeOf<IsRequiredText<Each<Report['tool']['rulebooks']>['title']>>().toEqualTypeOf<true>();
    type Outcome = NonNullable<Each<Report['parts']>['outcome']>;
    expectTypeOf<IsRequiredText<Outcome['headline']>>().toEqualTypeOf<true>();
    // Present only in some cases.
    expectTypeOf<Summary['caption']>().toExtend<string | undefined>();
    expectTypeOf<undefined>().toExtend<Summary['caption']>();
  });
});

it('has all its texts in the types of the client', () => {
  type Summary = ClientReport['summary'];
  expectTypeOf<Summary['sentence']>().toEqualTypeOf<string>();
  expectTypeOf<Summary['headline']['text']>().toEqualTypeOf<string>();
  expectTypeOf<Summary['facts']['who']['text']>().toEqualTypeOf<string>();
  expectTypeOf<Each<ClientReport['findings']>['statement']>().toEqualTypeOf<string>();
});

it('a stored Report has no texts in its type', () => {
  type Summary = StoredReport['summary'];
  expectTypeOf<Extract<keyof Summary, 'sentence' | 'caption'>>().toBeNever();
  expectTypeOf<Extract<keyof NonNullable<Summary['headline']>, 'text'>>().toBeNever();
  expectTypeOf<Extract<keyof NonNullable<Summary['facts']>['who'], 'text'>>().toBeNever();
  expectTypeOf<
    Extract<keyof Each<StoredReport['findings']>, 'title' | 'statement' | 'quotations'>
  >().toBeNever();
  expectTypeOf<Extract<keyof Each<StoredReport['contradictions']>, 'statement'>>().toBeNever();
  expectTypeOf<Extract<keyof Each<StoredReport['notChecked']>, 'what' | 'why' | 'ask'>>().toBeNever();
  expectTypeOf<Extract<keyof StoredReport['contentCredentials'], 'bytesFault' | 'soleEngine'>>().toBeNever();
  expectTypeOf<Extract<keyof StoredReport['reads']['xmp'], 'reason' | 'note'>>().toBeNever();
  expectTypeOf<Extract<keyof Each<StoredReport['tool']['rulebooks']>, 'title'>>().toBeNever();
  // Messages and their parameters stay, whatever their names.
  expectTypeOf<Extract<keyof Summary, 'messages'>>().toEqualTypeOf<'messages'>();
});
