import type { IsolationReason } from '../../../core/isolation-level.js';
import type { Language } from '../../../say/languages.js';
import type { ProblemCode } from '../../problems.js';
import type { FormField } from '../refused-form.js';
import type { BatchWords } from './batch-words.js';
import type { FirstUseWords } from './first-use-words.js';
import type { HistoryWords } from './history-words.js';
import type { ShareWords } from './share-words.js';

/**
 * What the pages say around a report, one language a constant; the report's own words are core's. A word that a
 * language lacks does not compile.
 */
export interface PageWords {
  language: Language;
  /** As its speakers call it, for the link that leads to it. */
  itself: string;
  languages: string;
  skip: string;
  forPrograms: string;
  footer: string;
  titleOf(what: string): string;
  signIn: SignInWords;
  form: FormWords;
  status: StatusWords;
  report: ReportWords;
  batch: BatchWords;
  history: HistoryWords;
  share: ShareWords;
  firstUse: FirstUseWords;
  notes: NotesWords;
  problem: ProblemWords;
}

export interface SignInWords {
  heading: string;
  about: string;
  key: string;
  submit: string;
  wrong: string;
  out: string;
}

export interface FormWords {
  title: string;
  heading: string;
  about: string;
  file: string;
  fileTerms(most: string): string;
  /** The unit. */
  bytes: string;
  rules: string;
  jurisdiction: string;
  rulebooks: string;
  all: string;
  asOf: string;
  asOfTerms: string;
  pixels: string;
  deep: string;
  deepTerms: string;
  elsewhere: string;
  sidecar: string;
  sidecarTerms: string;
  submit: string;
  whatHappens: string;
  /** `days` 0: reports stay until somebody deletes them; `hours` 0: a file goes with its report, or with its failure. */
  happens(kept: {
    retentionDays: number;
    keepUploadsHours: number;
    failedUploadHours: number;
    previews: boolean;
  }): readonly string[];
  /** For whoever runs the server. */
  unsandboxed(because: IsolationReason): string;
  deleted: string;
  /** Before the title of the page, where the form was refused. */
  faultTitle: string;
  /** What to do, beside the field. */
  faults: Record<
    FormField | 'file-missing' | 'file-empty' | 'several-files' | 'too-large' | 'sidecarTooLarge',
    string
  >;
  /** Said by the script. Several files, one after another. */
  queue: {
    label: string;
    waits: string;
    sending: string;
    reading: string;
    done: string;
    later: string;
    open: string;
    failed: string;
    /** A sidecar and several files. */
    alone: string;
    /** `{done}` and `{all}` are filled in by the script. */
    progress: string;
  };
  sending: string;
  /** Before the name of a file that was dropped or pasted. */
  taken: string;
}

/** An inspection that has no report (yet). */
export interface StatusWords {
  heading: string;
  actions: string;
  queued: string;
  running: string;
  done: string;
  failed: string;
  cancelled: string;
  again: string;
  /** The upload of an inspection that failed. */
  keptUntil(time: string): string;
  retry: string;
  remove: string;
}

export interface ReportWords {
  heading: string;
  actions: string;
  json: string;
  crJson: string;
  evidence: string;
  html: string;
  pdf: string;
  remove: string;
  another: string;
}

/** The field for a note below a report. */
export interface NotesWords {
  add: string;
  field: string;
  terms: string;
  /** After the terms, where links can be made. */
  inLinks: string;
  submit: string;
}

export interface ProblemWords {
  back: string;
  status: string;
  code: string;
  /** What stands in problems.ts, in this language; undefined: as it stands there. */
  rows?: Readonly<Record<ProblemCode, { title: string; meaning: string }>>;
  /** What is said of one wrong field, and other details of the moment; English where no form fits. */
  detail(english: string): string;
}
