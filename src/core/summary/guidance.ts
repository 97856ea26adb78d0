import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { writtenDay } from '../ground/day.js';
import { plainName } from '../ground/quoted.js';
import type { Report } from '../report/report.js';
import { rowOf } from '../signals/index.js';
import { OLDER_COPIES, VENDOR_CHECKERS } from '../signatures/vendor-checkers.js';
import { signerSaid } from './sentence-signer.js';

/**
 * What a person can do with a Report: sentences that its facts bear and that can be quoted, sentences that they do not
 * bear, what to do next, and what to ask the publisher. Chosen from codes alone.
 */
export interface Guidance {
  say: Said[];
  avoid: Said[];
  next: NextAction[];
  /** Left out where there is nothing to ask a publisher about: nothing of the file was read. */
  question?: Said;
}

export const ACTIONS = [
  'whole-copy',
  'try-again',
  'see-thumbnail',
  'vendor-checker',
  'fetch-elsewhere',
  'visible-mark',
  'pixels',
  'lists',
  'older-copies',
  'ask',
] as const;

export interface NextAction {
  code: (typeof ACTIONS)[number];
  said: Said;
  /** A page of somebody else's, for a person to open; nothing of the file is sent by that. */
  address?: string;
}

const MOST_ACTIONS = 3;

/** A Report of 0.1 has neither headline nor facts; what to do next is known of it all the same. */
export function guidanceOf(report: Report): Guidance {
  const question = questionTo(report);
  return {
    say: sayable(report).slice(0, 2),
    avoid: unsayable(report).slice(0, 2),
    next: nextActions(report),
    ...(question === undefined ? {} : { question }),
  };
}

/** What the headline speaks of: its id is the code of it. */
const headOf = ({ summary: { headline } }: Report): string => headline?.id.replace(/^headline\./, '') ?? '';

const NOTHING_READ: ReadonlySet<string> = new Set([
  'emptyFile',
  'unreadFile',
  'notFinished',
  'unrecognised',
  'notLookedInto',
  'notMedia',
]);

const NOT_KNOWN: ReadonlySet<string> = new Set(['unrecognised', 'notLookedInto', 'notMedia']);

/** A tool as the headline names it: in quotation marks unless our table and a listed signer, or a label, vouch for it. */
function toolOf({ summary: { headline } }: Report): Said | undefined {
  const { by, tool } = headline?.params ?? {};
  return by === 'tool' && isSaid(tool) ? tool : undefined;
}

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'id' in value;

const NO_NAME: Said = said('text.asWritten', { text: '' });

/** Who stands behind the credentials: vouched for by a list, or a name in a certificate that came with the file. */
function signedBy(report: Report): { by: 'known' | 'named' | 'other'; signer: Said } {
  const { contentCredentials, summary } = report;
  const signer = signerSaid(contentCredentials);
  if (signer === undefined) return { by: 'other', signer: NO_NAME };
  const isKnown = KNOWN.has(summary.facts?.who.code ?? '') || signer.id !== 'text.quoted';
  return { by: isKnown ? 'known' : 'named', signer };
}

const KNOWN: ReadonlySet<string> = new Set(['listed', 'private']);

/** What a signed statement says, by the headline that tells it. */
const STATED = {
  generated: 'generated',
  partGenerated: 'part',
  edited: 'edited',
  captured: 'captured',
  capturedThenEdited: 'capturedEdited',
} as const;

type Stated = (typeof STATED)[keyof typeof STATED] | 'how';

const isCapture = (stated: Stated): boolean => stated === 'captured' || stated === 'capturedEdited';

function statedIn(report: Report): Stated | undefined {
  const head = headOf(report);
  if (head === 'term' && report.summary.headline?.params?.['who'] !== 'label') return 'how';
  return isKeyOf(head, STATED) ? STATED[head] : undefined;
}

const isKeyOf = <T extends object>(key: string, of: T): key is Extract<keyof T, string> =>
  Object.hasOwn(of, key);

const namedTool = (report: Report): { named: 'tool' | 'other'; tool: Said } => {
  const tool = toolOf(report);
  return tool === undefined ? { named: 'other', tool: NO_NAME } : { named: 'tool', tool };
};

function sayable(report: Report): Said[] {
  const head = headOf(report);
  const stated = statedIn(report);
  const signer = signerSaid(report.contentCredentials);
  if (stated !== undefined)
    return [said('guide.say.stated', { what: stated, ...signedBy(report) }), ...sayableOfTime(report)];
  switch (head) {
    case 'altered':
    case 'alteredSince':
      return [
        signer === undefined ? said('guide.say.altered') : said('guide.say.alteredSince', { signer }),
        said('guide.say.setAside'),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [said('guide.say.signatureBroken')];
    case 'contradictory':
      return [said('guide.say.contradictory')];
    case 'gb':
      return [said('guide.say.gb', { label: gbOf(report) })];
    case 'label':
      return [said('guide.say.label', namedTool(report))];
    case 'platformLabel':
      return [said('guide.say.platformLabel', namedTool(report))];
    case 'labelCaptured':
      return [said('guide.say.labelCaptured')];
    case 'term':
      return [said('guide.say.term')];
    case 'credit':
      return [said('guide.say.credit')];
    case 'proof':
    case 'watermark':
    case 'trace':
      return [said('guide.say.trace', namedTool(report))];
    case 'remote':
      return [said('guide.say.remote')];
    case 'unreadable':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [said('guide.say.unreadable')];
    case 'recordedEdits':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [said('guide.say.signed', signedBy(report)), ...sayableOfTime(report)];
    case 'nothing':
      return [said('guide.say.nothing')];
    case 'gbEmpty':
    case 'labelUnknown':
      return [said('guide.say.labelUnread')];
    case 'openTrace':
      return [said('guide.say.openTrace')];
    case 'proofBroken':
      return [said('guide.say.proofBroken')];
    case 'partlyUnread':
    case 'cutOff':
    case 'cutOffEnd':
      return [said('guide.say.partlyUnread')];
    default:
      return NOTHING_READ.has(head)
        ? [said(NOT_KNOWN.has(head) ? 'guide.say.notLookedInto' : 'guide.say.notRead')]
        : [];
  }
}

const GB = ['generated', 'possible', 'suspected'] as const;

const gbOf = ({ summary: { headline } }: Report): (typeof GB)[number] | 'other' =>
  GB.find((one) => one === headline?.params?.['label']) ?? 'other';

/** Since when, where something proves it; else that nothing changed since the signing. */
function sayableOfTime({ summary, contentCredentials: { time } }: Report): Said[] {
  if (summary.facts?.changed.code !== 'no') return [];
  const day = writtenDay(time?.proven);
  return [
    day === undefined ? said('guide.say.unchanged') : said('guide.say.unchangedSince', { day: daySaid(day) }),
  ];
}

function unsayable(report: Report): Said[] {
  const head = headOf(report);
  const { summary, contentCredentials } = report;
  const who = summary.facts?.who.code;
  const name = signerSaid(contentCredentials);
  const notTheirs =
    name !== undefined && (who === 'unlisted' || who === 'not-checked')
      ? [said('guide.avoid.unconfirmed', { signer: name, lists: who === 'unlisted' ? 'asked' : 'other' })]
      : [];
  const stated = statedIn(report);
  if (stated !== undefined)
    return [
      ...notTheirs,
      said(isCapture(stated) ? 'guide.avoid.scene' : 'guide.avoid.shown'),
      ...(isCapture(stated) ? [said('guide.avoid.staged')] : [said('guide.avoid.deceive')]),
    ];
  switch (head) {
    case 'altered':
    case 'alteredSince':
      return [
        name === undefined ? said('guide.avoid.approved') : said('guide.avoid.approvedBy', { signer: name }),
        said('guide.avoid.deceive'),
      ];
    case 'signatureBroken':
    case 'signatureBrokenOf':
      return [
        name === undefined ? said('guide.avoid.approved') : said('guide.avoid.signedBy', { signer: name }),
        said('guide.avoid.deceive'),
      ];
    case 'contradictory':
      return [said('guide.avoid.either')];
    case 'gb':
    case 'label':
    case 'platformLabel':
    case 'labelCaptured':
    case 'term':
    case 'credit':
      return [
        said('guide.avoid.labelAuthor', { signed: who === 'own-key' ? 'ownKey' : 'other' }),
        said('guide.avoid.shown'),
      ];
    case 'gbEmpty':
    case 'labelUnknown':
      return [said('guide.avoid.labelSays'), said('guide.avoid.noAi')];
    case 'openTrace':
      return [said('guide.avoid.aiFromProgram'), said('guide.avoid.noAi')];
    case 'proof':
    case 'proofBroken':
    case 'watermark':
    case 'trace':
      return [said('guide.avoid.madeWith'), said('guide.avoid.shown')];
    case 'remote':
    case 'unreadable':
    case 'statementsUnread':
    case 'statementsUnreadOf':
      return [said('guide.avoid.whatTheyState'), said('guide.avoid.deceive')];
    case 'recordedEdits':
    case 'credentials':
    case 'signed':
    case 'speaksOfAi':
      return [...notTheirs, said('guide.avoid.noAi'), said('guide.avoid.shown')];
    case 'nothing':
      return [said('guide.avoid.noAiLost'), said('guide.avoid.recorded', { kind: report.asset.kind })];
    default:
      return head === '' ? [] : [said('guide.avoid.absent')];
  }
}

/** At most three, the strongest reason first; asking whoever published the file is always possible. */
function nextActions(report: Report): NextAction[] {
  const head = headOf(report);
  const actions = [
    ...onReading(report, head),
    ...(hasKeptPicture(report) ? [act('see-thumbnail')] : []),
    ...elsewhere(report),
    ...vendorCheckers(report),
    ...(head === 'gb' ? [act('visible-mark')] : []),
    ...(report.summary.facts?.who.code === 'not-checked' && report.contentCredentials.integrity !== 'altered'
      ? [act('lists')]
      : []),
    ...(isPixelsOpen(report) ? [act('pixels')] : []),
    ...olderCopies(report),
  ];
  // The text to send is part of what is asked.
  const last = questionTo(report) === undefined ? [] : [act('ask')];
  return [...actions.slice(0, MOST_ACTIONS - last.length), ...last];
}

const TEXTS = {
  'whole-copy': 'guide.next.wholeCopy',
  'try-again': 'guide.next.tryAgain',
  'see-thumbnail': 'guide.next.seeThumbnail',
  'visible-mark': 'guide.next.visibleMark',
  pixels: 'guide.next.pixels',
  lists: 'guide.next.lists',
  'older-copies': 'guide.next.olderCopies',
  ask: 'guide.next.ask',
} as const;

const act = (code: keyof typeof TEXTS, address?: string): NextAction => ({
  code,
  said: said(TEXTS[code]),
  ...(address === undefined ? {} : { address }),
});

function onReading({ summary }: Report, head: string): NextAction[] {
  if (head === 'notFinished') return [act('try-again')];
  const isCut = head === 'cutOff' || head === 'cutOffEnd' || head === 'emptyFile';
  const isDamaged = summary.coverage.unread.some(({ code }) => code?.startsWith('carrier.cut') ?? false);
  return isCut || isDamaged ? [act('whole-copy')] : [];
}

function hasKeptPicture({ contentCredentials: { integrity, manifests = [] } }: Report): boolean {
  return (
    integrity === 'altered' && manifests.some(({ active, hasThumbnail }) => active && hasThumbnail === true)
  );
}

/** The host alone, as a quotation: the address is the file's, and nobody should open it without having read it. */
function elsewhere({ contentCredentials: { presence, remoteUrl = '' } }: Report): NextAction[] {
  if (presence !== 'remote') return [];
  const host = URL.canParse(remoteUrl) ? new URL(remoteUrl).hostname : remoteUrl;
  return [{ code: 'fetch-elsewhere', said: said('guide.next.fetchElsewhere', { host: plainName(host) }) }];
}

function vendorCheckers(report: Report): NextAction[] {
  const names = namesOf(report);
  return VENDOR_CHECKERS.filter(({ of }) => names.some((name) => of.test(name)))
    .slice(0, 1)
    .map(({ vendor, address }) => ({
      code: 'vendor-checker',
      said: said('guide.next.vendorChecker', { vendor }),
      address,
    }));
}

function namesOf({ contentCredentials: { signer, presence }, summary, signals }: Report): string[] {
  if (presence === 'remote') return [];
  const tools = signals.flatMap(({ id }) => rowOf(id).tool ?? []);
  return [signer?.name, summary.declared?.tool, summary.declared?.agent, ...tools]
    .filter((name) => name !== undefined)
    .map((name) => name.slice(0, 256));
}

const isPixelsOpen = ({ notChecked }: Report): boolean =>
  notChecked.some(({ said: words }) => words?.what?.id === 'notChecked.pixels.what');

/** Pages that look for a picture that a person gives them: the address carries nothing of the file. */
function olderCopies({ asset: { kind }, summary: { coverage } }: Report): NextAction[] {
  return kind === 'image' && coverage.state !== 'nothing' ? [act('older-copies', OLDER_COPIES)] : [];
}

/** Which of the questions, by what was found; ready to be sent to whoever published the file. */
function questionTo(report: Report): Said | undefined {
  const head = headOf(report);
  if (head === '' || NOTHING_READ.has(head)) return undefined;
  const { asset } = report;
  const file = plainName(asset.name);
  return said('guide.question', { found: found(report, head), file, digest: asset.sha256 });
}

type Found = 'ai' | 'captured' | 'altered' | 'broken' | 'label' | 'contradictory' | 'other';

function found(report: Report, head: string): Found {
  const stated = statedIn(report);
  if (stated !== undefined && stated !== 'how') return isCapture(stated) ? 'captured' : 'ai';
  if (head.startsWith('altered')) return 'altered';
  if (head.startsWith('signatureBroken')) return 'broken';
  if (head === 'contradictory') return 'contradictory';
  const ai = report.summary.facts?.ai.code;
  return ai === 'label' || ai === 'trace' || ai === 'possible' ? 'label' : 'other';
}
