import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { findUnknowable } from '../../../src/core/law/reevaluate.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import type { Outcome } from '../../../src/core/report/finding-schema.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { SignalId } from '../../../src/core/report/signal.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { filesIn } from '../../support/no-network-files.js';

/** Law on AI labels over real third-party files: no clause may see a statement that the file does not contain. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const ON = '2028-01-01';

const STATES_AI: ReadonlySet<SignalId> = new Set<SignalId>([
  'file.aiMark.signed',
  'file.aiMark.unsigned',
  'file.aiMark.possible',
  'file.aiTrace',
  'gb45438.label.present',
  'gb45438.label.shell',
]);
const SEES: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indicator-seen']);

if (CORPUS !== '') {
  describe('clauses on AI labels', () => {
    const inspector = createInspector({ jobs: 2 });
    const reports: StoredReport[] = [];
    afterAll(() => inspector.close());
    beforeAll(async () => {
      const paths = filesIn(CORPUS);
      const asked = paths.map((path) =>
        inspector.inspect({ path, name: basename(path), asOf: ON, engine: 'auto', rulebooks: [] }),
      );
      reports.push(...(await Promise.all(asked)));
    }, 600_000);

    const ai = loadRulebooks().map((book) => ({
      ...book,
      rules: book.rules.filter(({ subject }) => subject !== 'provenance'),
    }));
    const seenIn = (report: StoredReport) =>
      evaluate(ai, {
        kind: report.asset.kind,
        signals: report.signals,
        unknowable: findUnknowable(report),
        asOf: ON,
      }).filter(({ outcome }) => SEES.has(outcome));

    it('see nothing in files that state no AI', () => {
      const silent = reports.filter(({ signals }) => !signals.some(({ id }) => STATES_AI.has(id)));
      expect(silent.length).toBeGreaterThan(100);
      const seen = silent.flatMap((report) =>
        seenIn(report).map(({ rulebook, clause, outcome }) => [report.asset.name, rulebook, clause, outcome]),
      );
      expect(seen).toEqual([]);
    });

    it('see something in files that do', () => {
      const stating = reports.filter(({ signals }) =>
        signals.some(({ id, backing }) => id === 'file.aiMark.signed' && backing !== 'invalid'),
      );
      expect(stating.length).toBeGreaterThan(5);
      expect(stating.filter((report) => seenIn(report).length === 0).map(({ asset }) => asset.name)).toEqual(
        [],
      );
    });
  });
}
