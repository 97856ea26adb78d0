import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { codedMessage } from '../../base/fault.js';
import { ENGINE_NAMES, type EngineName } from '../../core/c2pa/engine-names.js';
import type { StoredReport } from '../../core/report/report.js';
import { type Message, message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { verbatimMessage } from './part.js';

/**
 * Three files with known answers, one small certificate authority, and every engine asked about each file. A broken
 * engine, a wrong clock or a damaged copy of the program shows here before it shows in somebody's report.
 */
export const KNOWN_FILES = fileURLToPath(new URL('./known-files/', import.meta.url));
export const KNOWN_TRUST = `${KNOWN_FILES}trust`;

const ROWS = [
  { file: 'intact', answer: 'present, intact, private' },
  { file: 'altered', answer: 'present, altered, private' },
  { file: 'unlisted', answer: 'present, intact, unlisted' },
] as const;

/** The code that core/readers/c2pa/ask.ts returns if an engine has no binary for this machine. */
const ENGINE_MISSING = 'c2pa.engineMissing';

export interface SelfTestRow {
  engine: EngineName;
  file: (typeof ROWS)[number]['file'];
  /** `missing`: the engine has no binary for this machine. `silent`: it gave no answer in time, or none at all. */
  outcome: 'right' | 'wrong' | 'missing' | 'silent';
  expected: string;
  /** Actual answer, or why none came. */
  got: Message;
}

export interface SelfTest {
  /** True if every engine that is present gave every expected answer, and at least one is present. */
  passed: boolean;
  millis: number;
  rows: SelfTestRow[];
}

/**
 * Runs the self-test within the given time; never rejects. `inspector` must have been created with `KNOWN_TRUST`.
 * `brief` only checks that each engine is present and reads a file at all.
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
    // Sequential, so that each engine stays in one process.
    for (const row of brief ? ROWS.slice(0, 1) : ROWS)
      rows.push(await inspectKnownFile(inspector, engine, row, silence));
    return rows;
  });
  const rows = (await Promise.all(perEngine)).flat();
  late.abort();
  const asked = rows.filter(({ outcome }) => outcome !== 'missing');
  const passed = asked.length > 0 && asked.every(({ outcome }) => outcome === 'right');
  return { passed, millis: Math.round(performance.now() - begun), rows };
}

async function inspectKnownFile(
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
    if (report === 'late') return { ...row, outcome: 'silent', got: message('doctor.noAnswer') };
    const { c2pa } = report.reads;
    if (c2pa.code === ENGINE_MISSING)
      return { ...row, outcome: 'missing', got: codedMessage(c2pa) ?? verbatimMessage(ENGINE_MISSING) };
    const got = answerMessage(report);
    return { ...row, outcome: isExpected(report, answer) ? 'right' : 'wrong', got };
  } catch (error) {
    return { ...row, outcome: 'silent', got: reasonMessage(error) };
  }
}

const statesIn = ({ contentCredentials: { presence, integrity, signer } }: StoredReport): string =>
  [presence, integrity, signer?.trust].filter((word) => word !== undefined).join(', ');

/** An additional fault code makes the answer wrong, even if the states match. */
const isExpected = (report: StoredReport, answer: string): boolean =>
  statesIn(report) === answer && report.reads.c2pa.code === undefined;

function answerMessage(report: StoredReport): Message {
  const answer = statesIn(report);
  const why = codedMessage(report.reads.c2pa);
  return why === undefined ? verbatimMessage(answer) : message('doctor.answer', { answer, why });
}

function reasonMessage(error: unknown): Message {
  const what = messageOf(error);
  return error instanceof Error && error.cause instanceof Error
    ? message('cli.because', { what, why: messageOf(error.cause) })
    : what;
}
