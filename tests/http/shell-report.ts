import { createHash } from 'node:crypto';
import { CARRIERS } from '../../src/core/media/carrier.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';

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
