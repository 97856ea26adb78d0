import type { Said } from '../../say/said.js';
import type { Carrier } from '../evidence.js';
import type { Kind } from '../media-types.js';
import type { ContentCredentials, Declared } from '../report.js';
import type { Aside } from '../unread-types.js';

/**
 * The summary's and the contradictions' sentences, one language a constant. What is said, and in which order, is
 * decided by sentence*.ts and contradictions.ts; here stands only how. Names, terms and values are the file's own
 * words: each language puts them in quotes itself (quoted.ts), or says why it need not.
 */
export interface SentenceWords {
  /** Sentences → one text. */
  joined(sentences: readonly string[]): string;
  emptyFile: string;
  /** Why nothing at all was read, in the Report's English. */
  unreadFile(reason: Said): string;
  /** Nothing was read in the time that it may take. */
  notFinished: string;
  /** Of a file that ends before its structure does. */
  cutOff: {
    /** More is missing than is there. */
    most: string;
    end: string;
  };
  unrecognisedFormat: string;
  /** Recognised by name, and nothing of it is read; `aside`: what else is to be told of such files. */
  formatNotRead(format: string, aside?: Aside): string;
  /** Content Credentials are named only where they were looked for. */
  nothing(credentials: 'looked-for' | 'no-place', format: string): string;
  /** After what could not be read: nothing was found in the rest. `itself`: all of the main asset was read. */
  nothingElse(rest: 'parts-read' | 'itself', kind: Kind): string;
  /** Names what stands in the file and was not looked into; the Report’s English. */
  furtherAssets(reason: Said): string;
  /** `more`: so many besides those that are named. */
  unreadParts(carriers: readonly Carrier[], more: number): string;
  /** Those whose time was over before they were read. */
  lateParts(carriers: readonly Carrier[], more: number): string;
  exclude(statement: string): string;
  credentials: CredentialSentences;
  labels: LabelSentences;
  traces: TraceSentences;
  contradictions: ContradictionSentences;
  caveats: Record<Caveat, (count: number) => string>;
}

export type Caveat =
  | 'unsigned'
  // A GB 45438 label that holds a signature of its own: nobody vouches for its key.
  | 'ownSignature'
  | 'ownSignatureBroken'
  | 'ownSignatureUnchecked'
  | 'text'
  | 'mark'
  | 'watermark';

type Signer = NonNullable<ContentCredentials['signer']>;
type Time = NonNullable<ContentCredentials['time']>;

/** From whom credentials are: `listed`: a list vouches for the name. */
export type Bearer =
  | {
      by: 'listed';
      name: string;
      day?: string;
      list: Exclude<Signer['trust'], 'unlisted' | 'not-checked'>;
      listDate?: string;
    }
  | { by: 'named'; name: string }
  | { by: 'nobody' };

/** Why the signer's certificate does not cover the time of use. */
export type RunOut =
  | 'outside-term'
  | 'timestamp-not-checked'
  | 'no-timestamp'
  | 'authority-unlisted'
  | 'authority-not-checked';

/** What is to be known of an unchanged file's signer besides the name. */
export interface Standing {
  /** The signature leaves out more than the credentials' own bytes: of those nothing is known. */
  inPart: boolean;
  unlisted: boolean;
  runOut?: RunOut;
  notYetValid: boolean;
  revoked: boolean;
  /** Set where no list was asked. */
  notChecked?: { reason?: Said };
}

/** What no longer fits: the content, its end that is missing, the signature, or the credentials. */
export type AlteredCause = 'data' | 'end' | 'signature' | 'credentials';
/** A tool: by its maker's name where our table knows it and a listed signer states it, else as the file writes it. */
export interface Named {
  name: string;
  known: boolean;
}

/** What somebody did, as a C2PA action, and how often. */
export interface Step {
  action: string;
  times: number;
}

export interface Steps {
  list: readonly Step[];
  /** Kinds of step beyond those. */
  more: number;
  tool?: Named;
}

/** A source type that is named in the store and decides nothing: of what it is said. */
export interface NamedSource {
  /** `apart`: in credentials that the history does not lead to. */
  role: 'step' | 'part' | 'input' | 'altered' | 'apart';
  /** Of `step`. */
  action?: string;
  term: string;
}

/** Nothing in the credentials says how the whole was made: what they do say. */
export interface NotStated {
  sources: readonly NamedSource[];
  steps?: Steps;
  /** Something else in them speaks of AI, so that its use is not left unstated. */
  aiElsewhere: boolean;
}

/** Who signed the earlier credentials that say it, and how that signer stands. */
export interface EarlierSigner {
  name?: string;
  /** `unstated`: nobody vouches for the name here, or nothing more is known of it. */
  standing:
    | 'listed'
    | 'expired'
    | 'outside'
    | 'not-yet-valid'
    | 'unknown'
    | 'revoked'
    | 'unlisted'
    | 'not-checked'
    | 'unstated';
  /** Proven. */
  day?: string;
}

/** What the credentials declare, with all that a sentence says beside it. */
export interface Stated {
  declared: Declared;
  kind: Kind;
  /** Left out where the signer of the file's own credentials says it. */
  from?: EarlierSigner;
  tool?: Named;
  /** It is said of an earlier version, which was edited since. */
  earlier: boolean;
  /** Steps since that change nothing a viewer perceives, where no others are recorded. */
  since: readonly string[];
}

export interface CredentialSentences {
  remote: string;
  unreadable: string;
  altered(format: string, name: string | undefined, cause: AlteredCause): string[];
  undetermined(format: string, name: string | undefined): string;
  carried(format: string, bearer: Bearer): string;
  standing(standing: Standing): string;
  leavesOut(what: string): string;
  ingredientAltered: string;
  notStated(facts: NotStated): string[];
  /** Only one engine says that the file was altered, and no other could be heard. */
  saidAlone(engine: string): string;
  /** Where the active manifest could not be loaded: what it states is not known. */
  statementsUnread: string;
  declared(stated: Stated): string[];
}

/** Of a GB 45438 label: what it says, or a value outside the standard. */
export type GbReading = 'generated' | 'possible' | 'suspected' | { odd: string };

export interface LabelSentences {
  sourceTypes(labels: readonly { term: string; written?: string }[]): string;
  gbShell: string;
  gb(readings: readonly GbReading[], producer: string | undefined): string;
  credits(lines: readonly string[]): string;
  marked(by: 'creator' | 'platform' | 'unknown', tool: string | undefined, observed: boolean): string;
  systems(names: readonly string[]): string;
}

export interface ToolTrace {
  names: readonly string[];
  kind: Kind;
  generated: boolean;
  /** Names of the settings that were parsed; left out where the trace is not one of settings. */
  settings?: readonly Setting[];
  fromPicture: boolean;
  paintedOver: boolean;
}
export type Setting = 'model' | 'seed' | 'prompt';

/** What a graph of ComfyUI says of the file that carries it. Names of nodes are the file's own words. */
export interface GraphSentences {
  /** Names of services are our table's. */
  service(trace: ToolTrace, services: readonly string[]): string;
  noStep(kind: Kind): string;
  unknownNode(kind: Kind, node: string): string;
  /** A step that makes pictures stands in the graph, and leads to no output that saves one. */
  elsewhere(kind: Kind, node: string): string;
  notFollowed(kind: Kind): string;
  /** What the editor keeps, without the record of a run. */
  onlyDrawn(kind: Kind): string;
  scaled(kind: Kind): string;
}

export interface TraceSentences {
  proofHolds: string;
  proofBroken: string;
  /** Where no row names the tool. */
  unnamedTool: string;
  tool(trace: ToolTrace): string;
  /** Observed by others only. */
  observed(trace: ToolTrace): string;
  onlyClaimed(names: readonly string[]): string;
  graph: GraphSentences;
  undecided(names: readonly string[]): string;
  watermark(tool: string | undefined): string;
}

/** Whose statement one side of a contradiction is. */
export type Speaker =
  | 'manifest'
  | 'iptc-credit'
  | 'iptc'
  | 'gb45438'
  | 'exif'
  | 'camera'
  | 'recorder'
  | 'watermark'
  | 'proof'
  | { label: string | undefined }
  | { trace: string | undefined };

export interface ContradictionSentences {
  captureAndGeneration(capture: Speaker, generation: Speaker): string;
  gbCopies(fields: readonly string[]): string;
  iptcCopies(one: string, other: string): string;
  silentManifest(label: Speaker): string;
  conformance: string;
}

/** Names of times, for what words.ts and the sentences share. */
export type Validity = Time['validity'];
