import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listEditions } from '../../../src/core/law/findings.js';
import { listRulebookIds, loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { toProblem } from '../../../src/http/contract/problems/as-problem.js';
import type { Message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { currentVersions, differingPart } from '../../../src/scan/compare/versions.js';
import { checkLaw, lawWarnings } from '../../../src/service/doctor/parts/law.js';
import { computeAnswerKey } from '../../../src/service/inspections/answer-key.js';
import { buildResult, haveSameLaw } from '../../../src/service/inspections/result.js';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../../src/service/inspections/versions.js';
import { installLaw, rollBackLaw } from '../../../src/service/law-updates/install.js';
import { LawFolder } from '../../../src/service/law-updates/law-folder.js';
import { readLawStatus } from '../../../src/service/law-updates/law-status.js';
import {
  type LawChange,
  LawWatcher,
  type LawWatcherOptions,
} from '../../../src/service/law-updates/law-watch.js';
import { LawRepository } from '../../../src/storage/law/kysely-laws.js';
import { shellReport, temporaryDirectory, testStores } from '../../http/harness.js';
import { BOOK, BUILT_IN_EDITION, builtInAfterwards, newKeys, TestLaw } from './law.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const english = (what: Message) => translatorFor('en').translate(what);

/** A law of one rulebook in one edition. */
const lawOfOne = (edition: string) => new TestLaw(undefined, [BOOK]).saying(`Of ${edition}`, edition);

async function watching(parts: Partial<LawWatcherOptions> = {}) {
  builtInAfterwards();
  const keys = newKeys();
  const folder = new LawFolder(temporaryDirectory());
  const told: string[] = [];
  const changes: LawChange[] = [];
  const watch = new LawWatcher({
    folder,
    loadKeys: async () => [keys.publicKey],
    log: (what) => told.push(english(what)),
    onChange: (change) => changes.push(change),
    now: () => NOW,
    ...parts,
  });
  onTestFinished(() => watch.stop());
  const { shared } = parts;
  const install = async (edition: string, at = folder) => {
    const { archive, digest } = await lawOfOne(edition).bundle(keys);
    await installLaw(archive, { folder: at, shared, keys: [keys.publicKey], now: NOW, allowOlder: true });
    return digest;
  };
  return { keys, folder, told, changes, watch, install };
}

const edition = () => loadRulebooks([BOOK])[0]?.edition;

describe('whoever follows the law of a folder', () => {
  it('has it before the next answer, hears of each change once, and stays with it where the next is broken', async () => {
    const { folder, told, changes, watch, install } = await watching();
    await watch.start();
    expect([watch.digest, edition()]).toEqual([undefined, BUILT_IN_EDITION]);
    const first = await install('2027-01-01');
    await Promise.all([watch.follow(), watch.follow(), watch.follow()]);
    expect([watch.digest, edition()]).toEqual([first, '2027-01-01']);
    const second = await install('2027-01-02');
    await watch.follow();
    await rollBackLaw(undefined, { folder, now: NOW });
    await watch.follow();
    expect(edition()).toBe('2027-01-01');
    const expected = [
      { before: undefined, after: first },
      { before: first, after: second },
      { before: second, after: first },
    ];
    expect(changes).toEqual(expected);

    const third = await install('2027-01-03');
    rmSync(join(folder.dir, third, 'rulebooks', BOOK, 'clauses.json'));
    await watch.follow();
    await watch.follow();
    expect([watch.digest, edition()]).toEqual([first, '2027-01-01']);
    writeFileSync(join(folder.dir, 'current.json'), '{"schema":"assay.law-current/1"}');
    await watch.follow();
    expect(edition()).toBe('2027-01-01');
    expect(changes).toEqual(expected);
    const refused = told.filter((line) => line.startsWith('other law was refused'));
    expect(refused).toEqual([
      expect.stringContaining('does not hold a complete copy'),
      expect.stringContaining('is not what Assay writes'),
    ]);
    await rollBackLaw('built-in', { folder: new LawFolder(temporaryDirectory()), now: NOW }).catch(
      () => undefined,
    );
    await folder.setCurrent({ digest: undefined, before: [], at: NOW.toISOString() });
    await watch.follow();
    expect([watch.digest, listRulebookIds().length > 10]).toEqual([undefined, true]);
  });

  it('does not start where its law cannot be read', async () => {
    const { folder, watch, install } = await watching();
    const digest = await install('2027-01-01');
    rmSync(join(folder.dir, digest, 'manifest.sig'));
    await expect(watch.start()).rejects.toMatchObject({ code: 'law.broken' });
  });
});

describe('whoever shares a database', () => {
  it('has the law that it names, and answers nothing where that cannot be had', async () => {
    const { database } = await testStores(temporaryDirectory());
    const shared = new LawRepository(database);
    const { folder, changes, watch, install, keys } = await watching({ shared });
    await watch.start();
    const elsewhere = new LawFolder(temporaryDirectory());
    const first = await install('2027-01-01', elsewhere);
    await watch.follow();
    expect([watch.digest, edition()]).toEqual([first, '2027-01-01']);
    // Commands of this machine use it too.
    expect((await folder.readCurrent())?.digest).toBe(first);

    const told: string[] = [];
    const tell = (what: Message) => void told.push(english(what));
    const without = [
      new LawWatcher({ shared, loadKeys: async () => [keys.publicKey], log: tell }),
      new LawWatcher({
        shared,
        folder: new LawFolder(temporaryDirectory()),
        loadKeys: async () => [newKeys().publicKey],
        log: tell,
      }),
    ];
    const versions = new AnswerInputs(temporaryDirectory());
    for (const one of without) {
      await expect(one.follow()).rejects.toMatchObject({ code: 'law.away' });
      await expect(one.follow()).rejects.toMatchObject({ code: 'law.away' });
      expect(one.digest).toBeUndefined();
      const away = await new AnswerInputs(temporaryDirectory(), one).now().catch((error: unknown) => error);
      expect(toProblem(away)).toMatchObject({ code: 'storage-unavailable' });
    }
    expect(told).toEqual([
      expect.stringContaining('set ASSAY_LAW_DIR'),
      expect.stringContaining('None of the named keys'),
    ]);
    expect((await versions.now()).rulebooks.map((one) => one.edition)).toEqual(['2027-01-01']);

    await shared.setCurrent({ digest: 'f'.repeat(64), before: [first], at: NOW.toISOString() }, new Map(), [
      'f'.repeat(64),
      first,
    ]);
    await expect(watch.follow()).rejects.toMatchObject({ code: 'law.away' });
    expect(watch.digest).toBe(first);
    await rollBackLaw(undefined, { folder: elsewhere, shared, now: NOW });
    await watch.follow();
    expect([watch.digest, changes.length]).toEqual([first, 1]);
    await database.close();
    await expect(watch.follow()).rejects.not.toMatchObject({ code: 'law.away' });
  });

  it('makes the law of all what one of them had, the first that says so', async () => {
    const { database } = await testStores(temporaryDirectory());
    const shared = new LawRepository(database);
    const { folder, install, keys } = await watching();
    const digest = await install('2027-01-01');
    const other = new LawFolder(temporaryDirectory());
    const later = await install('2027-01-02', other);
    const begin = async (at: LawFolder) => {
      const watch = new LawWatcher({
        shared,
        folder: at,
        loadKeys: async () => [keys.publicKey],
        log: () => undefined,
      });
      await watch.start();
      watch.stop();
      return watch.digest;
    };
    expect(await begin(folder)).toBe(digest);
    expect(await begin(other)).toBe(digest);
    expect((await other.readCurrent())?.digest).toBe(digest);
    expect(await shared.bundle(later)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('is kept under the law that it was made with, whatever came into force while its file was read', async () => {
    const { watch, install } = await watching();
    await watch.start();
    await install('2027-01-01');
    const versions = new AnswerInputs(temporaryDirectory(), watch);
    const before = await versions.now();
    const ask = {
      name: 'a.png',
      asOf: '2026-11-28',
      asOfSource: 'requested',
      engine: 'auto',
      hasSidecar: false,
    } as const;
    const files = new JobUploads(temporaryDirectory());
    mkdirSync(temporaryDirectory(), { recursive: true });
    await install('2027-01-02');
    const now = await versions.now();
    expect(now.rulebooks).not.toEqual(before.rulebooks);
    const report = shellReport(ask, Buffer.from('x'));
    report.tool.rulebooks = listEditions(loadRulebooks());
    const kept = (decided: typeof now) =>
      buildResult({ record: { id: randomUUID(), request: ask }, report, versions: decided, files });
    expect((await kept(before)).answerKey).toBe(computeAnswerKey(ask, now));
    expect((await kept(before)).versions.rulebooks).toEqual(now.rulebooks);
    expect((await kept(now)).answerKey).toBe(computeAnswerKey(ask, now));
    const older = {
      ...report,
      tool: { ...report.tool, rulebooks: [{ ...listEditions(loadRulebooks())[0], digest: 'old' }] },
    };
    expect(haveSameLaw(report, older as typeof report)).toBe(false);
    expect(haveSameLaw(report, report)).toBe(true);
  });

  it('of a scan is one that another law does not go on with', async () => {
    const { watch, install } = await watching();
    await watch.start();
    const trust = temporaryDirectory();
    const before = await currentVersions(trust, [BOOK]);
    expect(differingPart(before, await currentVersions(trust, [BOOK]))).toBeUndefined();
    await install('2027-01-01');
    await watch.follow();
    expect(differingPart(before, await currentVersions(trust, [BOOK]))).toBe('rulebooks');
    expect(loadRulebooks([BOOK])[0]?.folder?.pathname).toContain(watch.digest);
  });
});

describe('assay doctor', () => {
  it('tells which law is in force, and what is to be done about it', async () => {
    const [builtIn] = await checkLaw(undefined, new Date('2026-11-28'));
    expect(builtIn).toMatchObject({ id: 'law', detail: { id: 'doctor.law.builtIn' } });
    const watchedOn = async (day: string) => {
      const [{ lost } = {}] = await checkLaw(undefined, new Date(day));
      return lost === undefined ? '' : english(lost);
    };
    expect(await watchedOn('2026-10-01')).not.toContain('nudifiers');
    expect(await watchedOn('2026-11-28')).toMatch(/begins about now: .*eu-ai-act-5-nudifiers \(2026-12-02\)/);
    expect(await watchedOn('2027-02-01')).toMatch(/due for another look .*eu-ai-act-5-nudifiers/);
    const status = await readLawStatus(undefined, new Date('2026-11-28'));
    const watched = status.watched.map((one) => ({ ...one, change: 'ends' as const }));
    expect(
      lawWarnings({ ...status, watched })
        .map(english)
        .join(),
    ).toMatch(/ends about now: .*nudifiers/);
    const { folder, keys, install } = await watching();
    const law = lawOfOne('2020-01-01').clauses((clauses) => {
      for (const clause of clauses) clause['checkAgainOn'] = '2026-11-27';
      const [first] = clauses;
      if (first !== undefined) first['trigger'] = { any: [{ signal: 'file.signalOfTomorrow' }] };
    });
    const { archive } = await law.bundle(keys, { made: '2020-01-01', expires: '2026-11-27' });
    const then = new Date('2026-11-27T23:00:00Z');
    await installLaw(archive, { folder, keys: [keys.publicKey], now: then, allowOlder: true });
    const [part] = await checkLaw(folder.dir, NOW);
    const lost = part?.lost === undefined ? '' : english(part.lost);
    expect(part?.state).toBe('limited');
    expect(lost).toContain('It was good until 2026-11-27');
    expect(part?.lost && JSON.stringify(part.lost)).toContain('"doctor.law.builtInLater"');
    expect(lost).toContain('does not know the signal file.signalOfTomorrow');
    expect(lost).toMatch(
      /\d+ clauses? (is|are) due to be compared with (its|their) sources again: vn-ai-law-2026/,
    );
    const digest = await install('2027-01-01');
    rmSync(join(folder.dir, digest, 'manifest.json'));
    expect(await checkLaw(folder.dir, NOW)).toMatchObject([{ id: 'law', state: 'failed' }]);
  });
});
