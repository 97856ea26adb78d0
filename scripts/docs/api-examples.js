/**
 * Generates the examples of the API's description: real answers of this version on files in fixtures/. Names, ids and
 * times are fixed, so that the same code writes the same examples.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const AS_OF = '2026-08-02';
const AT = '2026-08-02T09:30:00.000Z';
const DONE_AT = '2026-08-02T09:30:01.000Z';

/** Each uses a jurisdiction and a role of few clauses, because all would fill pages. */
const FILES = {
  generated: {
    summary: 'A sound with the trace of a generator',
    file: 'labels/wav-suno-comment.wav',
    law: { jurisdictions: ['KZ'], roles: ['provider'] },
  },
};

export async function apiExamples() {
  const [
    { analyze },
    { Asset },
    { resolveLaw: lawFor },
    { toEnvelope: envelope, toListEntry: listed },
    { localizeReport: tell },
    { translatorFor: speechOf },
  ] = await Promise.all([
    import('../../src/core/pipeline/analyze.ts'),
    import('../../src/core/media/asset.ts'),
    import('../../src/core/law/law-selection.ts'),
    import('../../src/http/contract/inspection-envelope.ts'),
    import('../../src/core/law/localize.ts'),
    import('../../src/i18n/translator.ts'),
  ]);

  const reportOn = async ({ file, law }) => {
    const asset = await Asset.open(join(ROOT, 'fixtures', file));
    try {
      const options = { name: file.split('/').at(-1), asOf: AS_OF, engine: 'auto' };
      const report = await analyze(asset, options, lawFor(law));
      return tell(report, speechOf('en'));
    } finally {
      await asset.close();
    }
  };

  const reports = {};
  const records = [];
  for (const [name, one] of Object.entries(FILES)) {
    const report = await reportOn(one);
    const record = recordOf(name, one, report);
    reports[name] = { summary: one.summary, value: { ...withoutSummary(envelope(record)), report } };
    records.push(record);
  }
  const [first] = records;
  const queued = envelope({ ...first, status: 'queued', finishedAt: undefined, attempts: 0 });
  const list = records.map((record) => listed(record));
  return {
    examples: {
      ...reports,
      queued: { summary: 'A queued inspection', value: withoutSummary(queued) },
      page: { summary: 'A list with one inspection', value: { inspections: list } },
    },
    shown: {
      createInspection: { 201: Object.keys(reports), 202: ['queued'] },
      getInspection: { 200: Object.keys(reports), 202: ['queued'] },
      listInspections: { 200: ['page'] },
    },
  };
}

/** Only list answers contain the summary. */
const withoutSummary = ({ summary: _, ...rest }) => rest;

function recordOf(name, { law }, report) {
  const { asset, summary, contentCredentials } = report;
  return {
    id: idFor(name),
    tenant: 'local',
    createdAt: AT,
    finishedAt: DONE_AT,
    status: 'done',
    request: {
      name: asset.name,
      asOf: AS_OF,
      asOfSource: 'requested',
      ...law,
      engine: 'auto',
      hasSidecar: false,
    },
    sha256: asset.sha256,
    sizeBytes: asset.bytes,
    attempts: 1,
    tags: ['front page'],
    notes: [],
    summary: {
      origin: summary.origin,
      kind: asset.kind,
      sentence: summary.sentence,
      ...(summary.backing === undefined ? {} : { backing: summary.backing }),
      ...(contentCredentials.signer?.name === undefined ? {} : { signer: contentCredentials.signer.name }),
    },
  };
}

/** Returns a deterministic id in the form of our ids. */
function idFor(name) {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
