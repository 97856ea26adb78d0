import { createHash } from 'node:crypto';
import { localizeReport } from '../../src/core/law/localize.js';
import { CARRIERS } from '../../src/core/media/carrier.js';
import type { LocalizedReport, StoredReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';

/** Headline and facts of a file about which nothing is known. */
export const NOTHING_STATED = {
  headline: message('headline.nothing'),
  facts: {
    who: { code: 'nobody', messages: { text: message('fact.who.nobody') } },
    changed: { code: 'nothing-to-compare', messages: { text: message('fact.changed.nothingToCompare') } },
    ai: { code: 'not-stated', messages: { text: message('fact.ai.notStated') } },
    when: { code: 'not-known', messages: { text: message('fact.when.notKnown') } },
  },
} as const satisfies Pick<StoredReport['summary'], 'headline' | 'facts'>;

/** Headline and facts of `NOTHING_STATED` with their English texts, as in a record of a scan. */
export const toldNothingStated = (): Pick<LocalizedReport['summary'], 'headline' | 'facts'> => {
  const { headline, facts } = toldShellReport({ name: '', asOf: '2026-11-25' }, Buffer.alloc(0)).summary;
  return { headline, facts };
};

/** Reports what the service passed on, and nothing about the file's content. */
export function shellReport(
  request: Pick<InspectRequest, 'name' | 'asOf' | 'declaredMediaType'>,
  content: Buffer,
): StoredReport {
  const absent = Object.fromEntries(CARRIERS.map((carrier) => [carrier, { status: 'absent' }]));
  return {
    schema: 'assay.report/1',
    asset: {
      name: request.name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      mediaType: 'application/octet-stream',
      format: 'unrecognised',
      kind: 'other',
      ...(request.declaredMediaType === undefined ? {} : { declaredMediaType: request.declaredMediaType }),
    },
    summary: {
      origin: 'none',
      ...NOTHING_STATED,
      messages: { sentence: [message('sentence.nothing.lookedFor')] },
      coverage: { state: 'complete', unread: [] },
    },
    contentCredentials: { presence: 'absent' },
    signals: [],
    contradictions: [],
    findings: [],
    reads: absent as StoredReport['reads'],
    notChecked: [],
    tool: {
      name: 'assay',
      version: '0.0.0',
      c2paEngines: [],
      lists: [],
      rulebooks: [],
      asOfSource: 'requested',
      asOf: request.asOf,
    },
  };
}

/** Returns `shellReport` with its English texts. */
export const toldShellReport = (...given: Parameters<typeof shellReport>): LocalizedReport =>
  localizeReport(shellReport(...given), translatorFor('en'));
