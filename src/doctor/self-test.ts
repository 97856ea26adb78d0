import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ENGINE_NAMES, type EngineName } from '../core/c2pa/engine-names.js';
import { codedSaid } from '../core/ground/fault.js';
import type { Report } from '../core/report/report.js';
import type { Inspector } from '../isolation/inspector.js';
import { type Said, said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { asWritten } from './part.js';

/**
 * Three files whose answer is known, one small certificate authority, and every engine asked about each. A broken
 * engine, a wrong clock or a bad copy of the program shows here before it shows in somebody's report.
 */
export const KNOWN_FILES = fileURLToPath(new URL('./known-files/', import.meta.url));
export const KNOWN_TRUST = `${KNOWN_FILES}trust`;

const ROWS = [
  { file: 'intact', answer: 'present, intact, private' },
  { file: 'altered', answer: 'present, altered, private' },
  { file: 'unlisted', answer: 'present, intact, unlisted' },
] as const;

/** What c2pa/ask.ts says where an engine has no binary for this machine. */
const MISSING = 'c2pa.engineMissing';

export interface SelfTestRow {
  engine: EngineName;
  file: (typeof ROWS)[number]['file'];
  /** `missing`: this machine has no such engine. `silent`: no answer in time, or none at all. */
  outcome: 'right' | 'wrong' | 'missing' | 'silent';
  expected: string;
  /** What came instead, or why nothing came. */
  got: Said;
}

export interface SelfTest {
  /** Every engine that is there gave every answer, and there is at least one. */
  passed: boolean;
  millis: number;
  rows: SelfTestRow[];
}

/**
 * `inspector`: one that was given `KNOWN_TRUST`. Never rejects, and ends in the time given. `brief`: only whether
 * each engine is there and reads a file at all.
 */
export async function selfTest(
  inspector: Pick<Inspector, 'inspect'>,
  withinMillis: number,
  { brief = false } = {},
): Promise<SelfTest> {
  const begun = performance.now();
  const late = new AbortController();
  const silence = delay(withinMillis, 'late' as const, { signal: late.signal }).catch(() => 'late' as const);
  const perEngine = ENGINE_NAMES.map(async (engine) => {
    const rows: SelfTestRow[] = [];
    // In turn: each engine stays in one process.
    for (const row of brief ? ROWS.slice(0, 1) : ROWS) rows.push(await ask(inspector, engine, row, silence));
    return rows;
  });
  const rows = (await Promise.all(perEngine)).flat();
  late.abort();
  const asked = rows.filter(({ outcome }) => outcome !== 'missing');
  const passed = asked.length > 0 && asked.every(({ outcome }) => outcome === 'right');
  return { passed, millis: Math.round(performance.now() - begun), rows };
}

async function ask(
  inspector: Pick<Inspector, 'inspect'>,
  engine: EngineName,
  { file, answer }: (typeof ROWS)[number],
  silence: Promise<'late'>,
): Promise<SelfTestRow> {
  const path = `${KNOWN_FILES}${file}.png`;
  const row = { engine, file, expected: answer };
  try {
    const asking = inspector.inspect({
      path,
      name: `${file}.png`,
      asOf: '2026-11-25',
      rulebooks: [],
      engine,
    });
    const report = await Promise.race([asking, silence]);
    if (report === 'late') return { ...row, outcome: 'silent', got: said('doctor.noAnswer') };
    const { c2pa } = report.reads;
    if (c2pa.code === MISSING)
      return { ...row, outcome: 'missing', got: codedSaid(c2pa) ?? asWritten(MISSING) };
    const got = answerIn(report);
    return { ...row, outcome: isRight(report, answer) ? 'right' : 'wrong', got };
  } catch (error) {
    return { ...row, outcome: 'silent', got: whyOf(error) };
  }
}

const statesIn = ({ contentCredentials: { presence, integrity, signer } }: Report): string =>
  [presence, integrity, signer?.trust].filter((word) => word !== undefined).join(', ');

/** A fault beside it makes it another answer. */
const isRight = (report: Report, answer: string): boolean =>
  statesIn(report) === answer && report.reads.c2pa.code === undefined;

function answerIn(report: Report): Said {
  const answer = statesIn(report);
  const why = codedSaid(report.reads.c2pa);
  return why === undefined ? asWritten(answer) : said('doctor.answer', { answer, why });
}

function whyOf(error: unknown): Said {
  const what = errorSaid(error);
  return error instanceof Error && error.cause instanceof Error
    ? said('cli.because', { what, why: errorSaid(error.cause) })
    : what;
}
