import { basename } from 'node:path';
import { ENGINE_CHOICES, type EngineChoice } from '../core/c2pa/engine-names.js';
import { isDay } from '../core/ground/day.js';
import { chooseRulebooks } from '../core/law/rulebooks/index.js';
import { ROLES, type Role } from '../core/report/rule-terms.js';
import { PERSONAL, type Personal } from '../core/signals/personal.js';
import { LANGUAGES, type Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { AssayError } from './error.js';
import { type FileInput, pathOf } from './input.js';

/** What is asked of the law. */
export interface LawQuestion {
  /** `YYYY-MM-DD`, the day the rules are asked about. Left out: today, UTC. */
  asOf?: string | undefined;
  /** Ids of rulebooks; left out: all. */
  rulebooks?: string | readonly string[] | undefined;
  /** Places, as the rulebooks name them; `US` takes in its states. */
  jurisdiction?: string | readonly string[] | undefined;
  /** Only clauses that bind one of these. */
  role?: Role | readonly Role[] | undefined;
}

/** What is asked of a file, and how it is read. */
export interface Question extends LawQuestion {
  /** Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Takes time and memory. */
  deep?: boolean | undefined;
  /** Which C2PA engine reads; left out: `auto`. */
  engine?: EngineChoice | undefined;
  /** Kinds of personal data to show; left out: all are masked. */
  reveal?: Personal | readonly Personal[] | undefined;
  /** What the file is called. Left out: the base name of its path, `unnamed` where there is none. */
  name?: string | undefined;
  /** What others say the file is; recorded, never believed. */
  declaredMediaType?: string | undefined;
  /** A C2PA manifest store that is kept elsewhere, to validate against the file. */
  sidecar?: FileInput | undefined;
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
export interface Asked {
  name: string;
  declaredMediaType?: string;
  asOf: string;
  asOfBecause: 'asked' | 'today';
  /** Undefined: all. */
  rulebooks?: string[];
  roles?: Role[];
  engine: EngineChoice;
  deep?: boolean;
  reveal?: Personal[];
  sidecar?: FileInput;
  trustDir?: string;
  isolation: 'auto' | 'sandbox' | 'none';
  maxBytes: number;
  language: Language;
  signal?: AbortSignal;
}

const LAW = ['asOf', 'rulebooks', 'jurisdiction', 'role'] as const satisfies (keyof LawQuestion)[];
const ALL = [
  ...LAW,
  ...(['deep', 'engine', 'reveal', 'name', 'declaredMediaType', 'sidecar'] as const),
  ...(['trustDir', 'isolation', 'maxBytes', 'language', 'signal'] as const),
] as const satisfies (keyof Question)[];

const MAX_BYTES = 1024 ** 3;

/** Throws an AssayError that names the member which is wrong: who writes JavaScript has no compiler to say it. */
export function askedOf(file: FileInput, question: Question): Asked {
  known(question, ALL);
  const { name, declaredMediaType, deep, reveal, sidecar, trustDir, signal } = question;
  const { isolation = 'auto', engine = 'auto', maxBytes = MAX_BYTES, language = 'en' } = question;
  const path = pathOf(file);
  check('deep', deep, (value) => typeof value === 'boolean');
  check('engine', engine, (value) => ENGINE_CHOICES.includes(value));
  check('isolation', isolation, (value) => ['auto', 'sandbox', 'none'].includes(value));
  check('maxBytes', maxBytes, (value) => Number.isSafeInteger(value) && value >= 0);
  check('language', language, (value) => LANGUAGES.includes(value));
  check('signal', signal, (value) => value instanceof AbortSignal);
  for (const [member, value] of Object.entries({ name, declaredMediaType, trustDir }))
    check(member, value, (one) => typeof one === 'string' && one !== '');
  const kinds = among('reveal', reveal, PERSONAL);
  return {
    name: name ?? (path === undefined ? 'unnamed' : basename(path)),
    ...lawOf(question),
    isolation,
    engine,
    maxBytes,
    language,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(deep === undefined ? {} : { deep }),
    ...(kinds === undefined ? {} : { reveal: kinds }),
    ...(sidecar === undefined ? {} : { sidecar }),
    ...(trustDir === undefined ? {} : { trustDir }),
    ...(signal === undefined ? {} : { signal }),
  };
}

export type AskedLaw = Pick<Asked, 'asOf' | 'asOfBecause' | 'rulebooks' | 'roles'>;

export function askedLaw(question: LawQuestion): AskedLaw {
  known(question, LAW);
  return lawOf(question);
}

function lawOf({ asOf, rulebooks, jurisdiction, role }: LawQuestion): AskedLaw {
  check('asOf', asOf, (value) => typeof value === 'string' && isDay(value));
  const roles = among('role', role, ROLES);
  const ids = texts('rulebooks', rulebooks);
  const jurisdictions = texts('jurisdiction', jurisdiction);
  const chosen = chooseRulebooks({
    ...(ids === undefined ? {} : { ids }),
    ...(jurisdictions === undefined ? {} : { jurisdictions }),
  });
  return {
    asOf: asOf ?? new Date().toISOString().slice(0, 10),
    asOfBecause: asOf === undefined ? 'today' : 'asked',
    ...(ids === undefined && jurisdictions === undefined ? {} : { rulebooks: chosen.map(({ id }) => id) }),
    ...(roles === undefined ? {} : { roles }),
  };
}

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

function among<T extends string>(
  member: string,
  value: T | readonly T[] | undefined,
  all: readonly T[],
): T[] | undefined {
  const list = texts(member, value);
  for (const one of list ?? []) check(member, one, (text) => (all as readonly string[]).includes(text));
  return list === undefined ? undefined : all.filter((one) => list.includes(one));
}

function texts(member: string, value: string | readonly string[] | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const list = typeof value === 'string' ? [value] : value;
  check(member, list, (all) => Array.isArray(all) && all.every((one) => typeof one === 'string'));
  return [...list];
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);
