import { ENGINE_CHOICES } from '../core/c2pa/engine-names.js';
import { ROLES } from '../core/report/rule-terms.js';
import { PERSONAL } from '../core/signals/personal.js';
import { type Said, said } from '../say/said.js';

/**
 * What may be asked of a file: one row a member, and all that is said of it at any door. Options of the command line, members
 * of an address, fields of forms and of JSON, what a scan is asked, the library's types and the API's description are made
 * from it. Plain data: the command line cannot wait for the schema library (schemas.ts makes schemas of it).
 */

export type CommandDoor = 'inspect' | 'scan' | 'keys' | 'rulebooks';
/** `page`: the web page with the form. */
export type Door = CommandDoor | 'query' | 'form' | 'json' | 'page' | 'library';

/** `names`: words that only the rulebooks know. `file`: given in its own way at every door, and part of no `Question`. */
export type Takes = 'day' | 'yes' | 'word' | 'words' | 'names' | 'file';

export interface Member {
  takes: Takes;
  /** Of `word` and `words`: all there are. */
  words?: readonly string[];
  /** `often`: each adds to those before. */
  times: 'once' | 'often';
  /** Where it is left out, and no operator says otherwise. */
  usual?: string;
  /** What the help of the command line calls its value. */
  value?: string;
  /** What it is, in the API's description. */
  about: Said;
  /** Where it may be asked; at a command with its line of help. */
  at: { [D in Door]?: D extends CommandDoor ? Said : true };
}

const API = { query: true, form: true, json: true, library: true } as const;

export const MEMBERS = {
  /** `YYYY-MM-DD`, the day the rules are asked about. Left out: today, UTC. */
  asOf: {
    takes: 'day',
    times: 'once',
    value: 'date',
    about: said('question.asOf'),
    at: { inspect: said('cli.option.asOf'), scan: said('cli.option.asOf'), ...API, page: true },
  },
  /** Ids of rulebooks, or `all`: those told clause by clause. */
  rulebooks: {
    takes: 'names',
    times: 'often',
    value: 'ids',
    about: said('question.rulebooks'),
    at: {
      inspect: said('cli.option.rulebooks'),
      scan: said('cli.scan.rulebooks'),
      keys: said('cli.keys.rulebooks'),
      ...API,
      page: true,
    },
  },
  /** Places, as the rulebooks name them; `US` takes in its states. Left out: as key or operator say, else everywhere. */
  jurisdiction: {
    takes: 'names',
    times: 'often',
    value: 'codes',
    about: said('question.jurisdiction'),
    at: {
      inspect: said('cli.option.jurisdiction'),
      scan: said('cli.scan.jurisdiction'),
      keys: said('cli.keys.jurisdiction'),
      rulebooks: said('cli.rulebooks.jurisdiction'),
      ...API,
      page: true,
    },
  },
  /** Only clauses that bind one of these; left out: as key or operator say, else all. */
  role: {
    takes: 'words',
    words: ROLES,
    times: 'often',
    value: 'roles',
    about: said('question.role', { names: ROLES }),
    at: {
      inspect: said('cli.option.role', { roles: ROLES }),
      scan: said('cli.option.role', { roles: ROLES }),
      keys: said('cli.keys.role', { roles: ROLES }),
      rulebooks: said('cli.option.role', { roles: ROLES }),
      ...API,
      page: true,
    },
  },
  /** Which C2PA engine reads; left out: `auto`. */
  engine: {
    takes: 'word',
    words: ENGINE_CHOICES,
    times: 'once',
    usual: 'auto',
    value: 'name',
    about: said('question.engine', { names: ENGINE_CHOICES }),
    at: { inspect: said('cli.option.engine'), scan: said('cli.option.engine'), ...API, page: true },
  },
  /** Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Takes time and memory. */
  deep: {
    takes: 'yes',
    times: 'once',
    about: said('question.deep'),
    at: { inspect: said('cli.option.deep'), scan: said('cli.scan.deep'), ...API, page: true },
  },
  /** Kinds of personal data to show; left out: all are masked. */
  reveal: {
    takes: 'words',
    words: PERSONAL,
    times: 'often',
    value: 'kinds',
    about: said('question.reveal', { names: PERSONAL }),
    // Programs ask it in the address: whoever may not is told so before a file is sent. The form shows its boxes only to who may.
    at: {
      inspect: said('cli.option.reveal'),
      scan: said('cli.option.reveal'),
      query: true,
      form: true,
      page: true,
      library: true,
    },
  },
  /** What is kept beside the file: a C2PA manifest store to validate it against, and XMP; each is known by its bytes. */
  sidecar: {
    takes: 'file',
    times: 'often',
    value: 'file',
    about: said('question.sidecar'),
    at: { inspect: said('cli.inspect.sidecar'), form: true, json: true, page: true, library: true },
  },
  /** The initialisation segment of segments of fragmented BMFF, to read and validate each of them with. */
  init: {
    takes: 'file',
    times: 'once',
    value: 'file',
    about: said('question.init'),
    at: { inspect: said('cli.inspect.init'), form: true, json: true, library: true },
  },
} as const satisfies Record<string, Member>;

type Rows = typeof MEMBERS;
export type MemberName = keyof Rows;
/** Members that may be asked at a door. */
export type NameAt<D extends Door> = D extends Door
  ? { [N in MemberName]: Rows[N]['at'] extends { [K in D]: unknown } ? N : never }[MemberName]
  : never;
/** Members that are given in a way. */
export type NameOf<T extends Takes> = {
  [N in MemberName]: Rows[N]['takes'] extends T ? N : never;
}[MemberName];

type ValueOf<M extends Member> = M extends { takes: 'words'; words: readonly (infer W)[] }
  ? W[]
  : M extends { words: readonly (infer W)[] }
    ? W
    : M extends { takes: 'names' }
      ? string[]
      : M extends { takes: 'yes' }
        ? boolean
        : string;

/** What somebody asks, as it was asked. */
export type Question = {
  -readonly [N in keyof Omit<Rows, NameOf<'file'>>]?: ValueOf<Rows[N]>;
};
export type QuestionName = keyof Question;

// Keys of a constant of this file.
const NAMES = Object.keys(MEMBERS) as MemberName[];

/** In the order of the rows, which is that of help and of the API's description. */
export const membersAt = <D extends Door>(door: D): NameAt<D>[] =>
  NAMES.filter((name): name is NameAt<D> => door in MEMBERS[name].at);

export const rowOf = (name: MemberName): Member => MEMBERS[name];
