import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/core/analyze.js';
import { Asset } from '../../src/core/asset.js';
import { couldNotLook } from '../../src/core/evidence.js';
import { localise } from '../../src/core/localise.js';
import type { Report } from '../../src/core/report.js';
import { en } from '../../src/core/words/en/index.js';
import { zh } from '../../src/core/words/zh/index.js';
import type { Past } from './past.js';
import { PAST_PICTURES } from './past-pictures.js';
import { PAST_SOUND_AND_VIDEO } from './past-sound-and-video.js';

const PAST: readonly Past[] = [...PAST_PICTURES, ...PAST_SOUND_AND_VIDEO];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-bounds-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reportOf({ name, make, deep }: Past): Promise<Report> {
  const path = join(folder, name);
  writeFileSync(path, await make());
  const asset = await Asset.open(path);
  try {
    return await analyze(asset, {
      name,
      asOf: '2026-11-25',
      engine: 'auto',
      deep: deep === true,
      rulebooks: [],
    });
  } finally {
    await asset.close();
  }
}

describe('a file that goes past a bound says so', () => {
  it.each(PAST.map((past) => [`${past.bound}${past.where ? ` (${past.where})` : ''}`, past] as const))(
    '%s',
    async (_, past) => {
      const report = await reportOf(past);
      const { carrier, code, holdsNoLabel = false } = past;
      expect(report.reads[carrier]).toMatchObject({ code, reason: expect.stringMatching(/^[A-Z].*\.$/) });
      expect(couldNotLook(report.reads[carrier])).toBe(true);
      const chinese = localise(report, zh, []);
      expect(chinese.reads[carrier].reason).toMatch(/[\u4e00-\u9fff].*。$/);
      if (holdsNoLabel) return;
      const { coverage, origin, sentence } = report.summary;
      expect(coverage.state).not.toBe('complete');
      expect(coverage.unread).toContainEqual({ carrier, code, reason: report.reads[carrier].reason });
      expect(origin).toBe('unknown');
      expect(sentence).toContain(saying(en, report));
      expect(chinese.summary.sentence).toContain(saying(zh, report));
    },
  );
});

/** The sentence that names what was not looked into. */
function saying(words: typeof en | typeof zh, { summary }: Report): string {
  const carriers = summary.coverage.unread.map((one) => one.carrier);
  const named = carriers.slice(0, carriers.length > 4 ? 3 : undefined);
  return words.sentences.unreadParts(named, carriers.length - named.length);
}
