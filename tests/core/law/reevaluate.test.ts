import { afterAll, describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../../fixtures/build/expected.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { applyLawToReport, reevaluate } from '../../../src/core/law/reevaluate.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { share } from '../../support/whole.js';

/** Rules can change without the file, so a Report must contain enough to evaluate them again. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

const every = fixtureFiles().filter(({ folder }) => folder !== 'pixels');

describe('the findings made again from a Report', () => {
  it('are those that were made with the file', async () => {
    const again = async ({ name, path }: (typeof every)[number]) => {
      const ask = {
        rulebooks: ['all'],
        summed: { jurisdictions: ['CN', 'US'], roles: ['publisher' as const] },
      };
      const report = await inspector.inspect({ path, name, asOf: '2026-12-02', engine: 'auto', ...ask });
      expect(report.findings.length).toBeGreaterThan(0);
      expect(report.law?.length).toBe(2);
      expect(reevaluate(report, loadRulebooks(), '2026-12-02')).toEqual(report.findings);
      expect(applyLawToReport(report, resolveLaw(ask), { asOf: '2026-12-02' }), name).toEqual(report);
    };
    await Promise.all(share(every, 6).map(again));
  });
});
