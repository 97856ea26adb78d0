import { basename } from 'node:path';
import { isDay } from '../core/ground/day.js';
import { compact } from '../core/ground/json-shape.js';
import { chooseRulebooks } from '../core/law/rulebooks/index.js';
import { type Settled, settled } from '../question/asked.js';
import { askedLaw as lawOf } from '../question/asked-law.js';
import {
  type Question as MemberQuestion,
  membersAt,
  type QuestionName,
  rowOf,
  type Takes,
} from '../question/members.js';
import { LANGUAGES, type Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { AssayError } from './error.js';
import { type FileInput, pathOf } from './input.js';

type Listed<T> = T extends readonly (infer W)[] ? W | readonly W[] : T;
/** Members of question/members.ts: one word may stand for a list of it. */
type Members<K extends QuestionName> = { [N in keyof Pick<Words, K>]?: Listed<Words[N]> | undefined };
type Words = Required<MemberQuestion>;
type LawName = 'asOf' | 'rulebooks' | 'jurisdiction' | 'role';

/** What is asked of the law. */
export interface LawQuestion extends Members<LawName> {}

/** What is asked of a file, and how it is read. */
export interface Question extends LawQuestion, Members<Exclude<QuestionName, LawName>> {
  /** What the file is called. Left out: the base name of its path, `unnamed` where there is none. */
  name?: string | undefined;
  /** What others say the file is; recorded, never believed. */
  declaredMediaType?: string | undefined;
  /** What is kept beside the file: one C2PA manifest store to validate it against, and up to eight of XMP. */
  sidecar?: FileInput | readonly FileInput[] | undefined;
  /** The init segment of a stream (fragmented MP4) that the file is a segment of. */
  init?: FileInput | undefined;
  /** Folder of trust lists; left out: signers are not matched against any, and the Report says so. */
  trustDir?: string | undefined;
  /**
   * `auto`: in a process of its own, in the strictest sandbox that this machine has. `sandbox`: in that sandbox or not at
   * all. `none`: in your process, which a hostile file can then stop, fill or take over.
   */
  isolation?: 'auto' | 'sandbox' | 'none' | undefined;
  /** The most bytes of a stream or buffer; left out: 1 GiB. */
  maxBytes?: number | undefined;
  /** Language of what the Report says; left out: English. */
  language?: Language | undefined;
  /** Ends the work; the promise rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** The same, checked, with every default in its place. */
export interface AskedOf extends Settled {
  name: string;
  declaredMediaType?: string;
  sidecars: readonly FileInput[];
  init?: FileInput;
  trustDir?: string;
  isolation: 'auto' | 'sandbox' | 'none';
  maxBytes: number;
  language: Language;
  signal?: AbortSignal;
}

const LAW: readonly LawName[] = ['asOf', 'rulebooks', 'jurisdiction', 'role'];
const ASKED = membersAt('library').filter((name): name is QuestionName => rowOf(name).takes !== 'file');
const ALL = [
  ...membersAt('library'),
  ...(['name', 'declaredMediaType', 'trustDir', 'isolation', 'maxBytes', 'language', 'signal'] as const),
];

const MAX_BYTES = 1024 ** 3;

/** Throws an AssayError that names the member which is wrong: who writes JavaScript has no compiler to say it. */
export function askedOf(file: FileInput, question: Question): AskedOf {
  known(question, ALL);
  const { name, declaredMediaType, sidecar, init, trustDir, signal } = question;
  const { isolation = 'auto', maxBytes = MAX_BYTES, language = 'en' } = question;
  const path = pathOf(file);
  check('isolation', isolation, (value) => ['auto', 'sandbox', 'none'].includes(value));
  check('maxBytes', maxBytes, (value) => Number.isSafeInteger(value) && value >= 0);
  check('language', language, (value) => LANGUAGES.includes(value));
  check('signal', signal, (value) => value instanceof AbortSignal);
  for (const [member, value] of Object.entries({ name, declaredMediaType, trustDir }))
    check(member, value, (one) => typeof one === 'string' && one !== '');
  return {
    ...settledOf(question),
    name: name ?? (path === undefined ? 'unnamed' : basename(path)),
    isolation,
    maxBytes,
    language,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    sidecars: sidecar === undefined ? [] : isList(sidecar) ? sidecar : [sidecar],
    ...compact({ init, trustDir, signal }),
  };
}

/** Bytes are a list of numbers and no list of files. */
const isList = (given: FileInput | readonly FileInput[]): given is readonly FileInput[] =>
  Array.isArray(given);

export function askedLaw(question: LawQuestion): Settled {
  known(question, LAW);
  return settledOf(question);
}

function settledOf(given: Question): Settled {
  const question: MemberQuestion = Object.fromEntries(
    ASKED.flatMap((name) => (given[name] === undefined ? [] : [[name, checked(name, given[name])]])),
  );
  return settled(question, lawOf(question, {}, chooseRulebooks));
}

/** Checked, and a single word as a list of one, in the order of the words there are. */
function checked(name: QuestionName, given: unknown): unknown {
  const { takes, times, words } = rowOf(name);
  const value = times === 'often' && typeof given === 'string' ? [given] : given;
  if (!Array.isArray(value)) check(name, value, (one) => HOLDS[takes](one, words));
  else for (const one of value) check(name, one, (word) => HOLDS[takes](word, words));
  check(name, value, (all) => Array.isArray(all) === (times === 'often'));
  return Array.isArray(value) ? (words?.filter((word) => value.includes(word)) ?? [...value]) : value;
}

/** Of one value. */
const HOLDS: Record<Takes, (value: unknown, words?: readonly string[]) => boolean> = {
  day: (value) => typeof value === 'string' && isDay(value),
  yes: (value) => typeof value === 'boolean',
  word: (value, words = []) => words.some((word) => word === value),
  words: (value, words = []) => words.some((word) => word === value),
  names: (value) => typeof value === 'string',
  file: () => false,
};

function known(question: object, members: readonly string[]): void {
  const unknown = Object.keys(question).find((name) => !members.includes(name));
  if (unknown === undefined) return;
  throw new AssayError(
    'bad-question',
    said('error.library.unknownMember', { name: shown(unknown), known: [...members] }),
  );
}

function check<T>(member: string, value: T | undefined, holds: (value: T) => boolean): void {
  if (value === undefined || holds(value)) return;
  throw new AssayError(
    'bad-question',
    said('error.library.badMember', { name: member, value: shown(value) }),
  );
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);
