import { describe, expect, it } from 'vitest';
import { buildStrip, type Strip } from '../../../src/core/page/history/strip.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { chain } from './credentials-literal.js';
import { renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

type Credentials = StoredReport['contentCredentials'];
type Manifest = NonNullable<Credentials['manifests']>[number];

const en = translatorFor('en');

/** A file of which only the manifests count; `change` gives each by its place, the active one first. */
function signedFile(
  length: number,
  change: (at: number) => Partial<Manifest>,
  more: Partial<Credentials> = {},
) {
  const { manifests = [], ...rest } = chain(length);
  return reportOf({
    contentCredentials: {
      ...rest,
      ...more,
      manifests: manifests.map((one, at) => ({ ...one, ...change(at) })),
    },
  });
}

const wordsOf = (strip: Strip | undefined): string[][] =>
  (strip?.steps ?? []).map(({ title, lines }) =>
    [title, ...lines].map((line) =>
      line.map((run) => (typeof run === 'string' ? run : 'file' in run ? run.file : '?')).join(''),
    ),
  );

const GENERATED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

describe('the strip of the history', () => {
  it('names the tool of the action with the source type, not that of another', () => {
    const actions = [
      { action: 'c2pa.created', digitalSourceType: GENERATED },
      { action: 'c2pa.edited', softwareAgent: 'Photoshop' },
    ];
    const shown = wordsOf(
      buildStrip(
        signedFile(1, () => ({ actions })),
        en,
      ),
    ).flat();
    expect(shown).not.toContainEqual(expect.stringContaining('Photoshop'));
    const alone = wordsOf(
      buildStrip(
        signedFile(1, () => ({ actions: actions.slice(1) })),
        en,
      ),
    ).flat();
    expect(alone).toContain('Photoshop');
  });

  it('goes from creation to this file, with tool, signer in full and what was placed in', () => {
    const name = 'A signer with a very long name that is never cut '.repeat(2).trim();
    const report = signedFile(
      2,
      (at) =>
        at === 1
          ? {
              actions: [
                { action: 'c2pa.created', digitalSourceType: GENERATED, softwareAgent: 'GPT-4o' },
                { action: 'c2pa.converted' },
                { action: 'c2pa.converted' },
              ],
              signer: name,
              trust: 'official',
            }
          : {
              ingredients: [
                { relationship: 'parentOf', manifest: 'step-1' },
                { relationship: 'componentOf' },
                { relationship: 'componentOf' },
                { relationship: 'inputTo' },
              ],
            },
      { signer: { name: 'Studio', trust: 'official' } },
    );
    const [created, own, ...others] = wordsOf(buildStrip(report, en));
    expect(others).toEqual([]);
    expect(created?.slice(0, 3)).toEqual([
      'created → converted to another format',
      `states that it ${inEnglish('term.sourceType.trainedAlgorithmicMedia')}, GPT-4o`,
      `issued by ${name}, ${inEnglish('page.trust.official')}`,
    ]);
    expect(own?.[0]).toBe('This file');
    expect(own?.at(-1)).toBe('+2 placed in, +1 used as input');
  });

  it('tells an altered file apart from what was signed', () => {
    const report = signedFile(1, () => ({ actions: [{ action: 'c2pa.created' }], integrity: 'altered' }), {
      integrity: 'altered',
    });
    const strip = buildStrip(report, en);
    expect(strip?.caution).toContain('do not match this file');
    const [signed, own] = wordsOf(strip);
    expect(signed?.[0]).toBe('created');
    expect(signed).not.toContain(inEnglish('page.integrity.altered'));
    expect(own).toEqual(['This file', inEnglish('page.integrity.altered')]);
  });

  it('counts the middle of a long chain, and ends in a store that turns in a circle', () => {
    expect(
      wordsOf(
        buildStrip(
          signedFile(8, () => ({})),
          en,
        ),
      ).map(([title]) => title),
    ).toEqual([
      'earlier version',
      inEnglish('page.credentials.between', { count: 5 }),
      'earlier version',
      'This file',
    ]);
    const circle = signedFile(2, (at) => ({
      ingredients: [{ relationship: 'parentOf', manifest: `step-${1 - at}` }],
    }));
    expect(buildStrip(circle, en)?.steps).toHaveLength(2);
  });

  it('is absent without manifests, and isolates names of the file', () => {
    expect(buildStrip(reportOf({}), en)).toBeUndefined();
    const report = signedFile(1, () => ({ actions: [{ action: '<b>x</b>' }] }));
    const [, strip = ''] = /<section class="strip">([\s\S]*?)<\/section>/.exec(renderHtml(report)) ?? [];
    expect(strip).toContain('<bdi class="verbatim" dir="auto">&lt;b&gt;x&lt;/b&gt;</bdi>');
  });
});
