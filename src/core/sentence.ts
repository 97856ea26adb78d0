import type { AssetFacts } from './asset-facts.js';
import type { DeclaredOrigin } from './c2pa-origin.js';
import type { Kind } from './media-types.js';
import type { ContentCredentials, Contradiction, Origin } from './report.js';
import type { Signal } from './signal.js';
import type { DigitalSourceType } from './signals.js';

/**
 * The summary's words, English. Each sentence must survive being quoted alone, so each says "the file states",
 * never that something is so. Long, since all of them stand together to be read and translated as one. Order: what was found, from whom, changed since or not, what it declares and
 * where in the history, what was not looked at.
 */
export interface Statement {
  asset: AssetFacts;
  credentials: ContentCredentials;
  declared?: DeclaredOrigin;
  signals: readonly Signal[];
  origin: Origin;
  contradictions: readonly Contradiction[];
  unread: readonly string[];
  /** Why nothing at all of the file was read. */
  notRead?: string;
  /** True where a manifest store was seen, though it could not be read. */
  storeSeen: boolean;
}

export function sentence(facts: Statement): string {
  const { asset } = facts;
  if (asset.bytes === 0) return 'This file is empty: it has no bytes to look into.';
  if (facts.notRead !== undefined) {
    return `This file could not be read (${facts.notRead.replace(/\.$/, '')}), so what it states is not known. This says nothing about how it was made.`;
  }
  if (asset.mediaType.container === 'other') {
    return 'The format of this file was not recognised, so nothing in it was read. This says nothing about how it was made.';
  }
  const found = [...credentialsPart(facts), ...labelsPart(facts)];
  const said = found.length > 0 ? found : [nothingPart(facts)];
  return [...said, ...contradictionPart(facts), ...unreadPart(facts)].join(' ');
}

/** Content Credentials are named only where they were looked for. */
function nothingPart({ credentials, asset }: Statement): string {
  const rest =
    'Most files carry none, and platforms often remove them. This says nothing about how the content was made.';
  if (credentials.presence === 'absent')
    return `No Content Credentials, AI label or generator trace was found. ${rest}`;
  const unread =
    credentials.presence === 'unsupported'
      ? ` Content Credentials are not read in ${asset.mediaType.format} files.`
      : '';
  return `No AI label or generator trace was found.${unread} ${rest}`;
}

/** A statement that closes the "nothing" case when parts could not be read. */
function unreadPart({ unread }: Statement): string[] {
  if (unread.length === 0) return [];
  return [
    `Parts of this file could not be read (${unread.join(', ')}), so a label there would have been missed.`,
  ];
}

function credentialsPart(facts: Statement): string[] {
  const { credentials, asset } = facts;
  switch (credentials.presence) {
    case 'remote':
      return ['It points to Content Credentials kept elsewhere. They were not fetched.'];
    case 'unreadable':
      return facts.storeSeen
        ? ['It carries Content Credentials that could not be read, so what they state is not known.']
        : [];
    case 'present':
      return presentPart(facts, subject(asset));
    default:
      return [];
  }
}

function presentPart(facts: Statement, who: string): string[] {
  const { credentials, declared, asset } = facts;
  const name = credentials.signer?.name;
  const carries = `${who} carries Content Credentials${name ? ` that name ${quoted(name)}` : ''}`;
  if (credentials.integrity === 'altered') {
    return [
      `${carries}, but the file is no longer what they were made for: ${alteredWords(credentials)}.`,
      'What they say cannot be taken as describing this file.',
    ];
  }
  if (credentials.integrity === 'undetermined') {
    return [
      `${carries}. Whether the file changed since could not be determined.`,
      ...declaredPart(declared, asset.mediaType.kind),
      ...ingredientPart(credentials),
    ];
  }
  const expired = credentials.time?.validity === 'expired-without-timestamp';
  const unchanged = expired
    ? `The file has not changed since, but the signer’s certificate has run out${
        credentials.time?.timestamp === undefined
          ? ' and no timestamp proves when it was used.'
          : '; a timestamp is attached, and its authority was not checked against a list.'
      }`
    : 'The file has not changed since.';
  const trust =
    credentials.signer?.trust === 'not-checked'
      ? ['Whether the signer is on a trust list was not checked.']
      : [];
  return [
    `${carries}. ${unchanged}`,
    ...trust,
    ...declaredPart(declared, asset.mediaType.kind),
    ...ingredientPart(credentials),
  ];
}

/** Formats that people use as a noun stand alone. */
const NOUNS: ReadonlySet<string> = new Set([
  'JPEG',
  'PNG',
  'WebP',
  'GIF',
  'TIFF',
  'PDF',
  'MP3',
  'MP4',
  'SVG',
]);

function subject({ mediaType: { format } }: AssetFacts): string {
  return NOUNS.has(format) ? `This ${format}` : `This ${format} file`;
}

function alteredWords(credentials: ContentCredentials): string {
  const causes = credentials.integrityCauses ?? [];
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c)))
    return 'its data was changed after signing';
  if (causes.includes('claimSignature.mismatch')) return 'the signature does not match the credentials';
  return 'part of the credentials was changed after signing';
}

function ingredientPart(credentials: ContentCredentials): string[] {
  return credentials.ingredientIntegrity === 'altered'
    ? ['A part that this file was made from does not match its own credentials.']
    : [];
}

const MEDIA_WORDS = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  document: 'document',
  other: 'file',
} as const satisfies Record<Kind, string>;

function declaredPart(declared: DeclaredOrigin | undefined, kind: Kind): string[] {
  const medium = MEDIA_WORDS[kind];
  if (!declared) return ['They name no digital source type, the field that states how content was made.'];
  const what = declared.where === 'ancestor' ? `an earlier version of this ${medium}` : `the ${medium}`;
  switch (declared.origin) {
    case 'ai-generated':
      return [`They state that ${what} was made with generative AI.`];
    case 'ai-edited':
      return [
        declared.where === 'component'
          ? `They state that a part of the ${medium} was made with generative AI.`
          : `They state that ${what} was edited with generative AI.`,
      ];
    case 'captured':
      return [
        `They state that it was captured by a device${declared.agent ? ` (${quoted(declared.agent)})` : ''} and then not edited. A camera’s signature also holds for a photo of a screen.`,
      ];
    default:
      if (declared.editedAfterCapture)
        return ['They state that it was captured by a device and then edited.'];
      return [`They state that ${what} ${termWords(declared.term ?? 'unrecognised')}.`];
  }
}

function labelsPart({ signals }: Statement): string[] {
  return [...iptcPart(signals), ...gbPart(signals), ...generatorPart(signals)];
}

function iptcPart(signals: readonly Signal[]): string[] {
  const words = signals.flatMap((s) => {
    const term = /^iptc\.digitalSourceType\.(\w+)$/.exec(s.id)?.[1];
    if (term === undefined) return [];
    return [
      term === 'unrecognised'
        ? `holds ${quoted(s.value ?? '')}, which is no term of the vocabulary`
        : `says that it ${termWords(term)} (${term})`,
    ];
  });
  if (words.length === 0) return [];
  return [
    `Its XMP label (IPTC digitalSourceType) ${words.join(' and ')}. The label is not signed: anyone can write or remove it.`,
  ];
}

/** The vocabulary's own meanings (IPTC NewsCodes 2024-10-23, CC BY 4.0), shortened to go on after "it". */
const TERM_WORDS: Readonly<Record<DigitalSourceType, string>> = {
  trainedAlgorithmicMedia: 'was made with generative AI',
  compositeWithTrainedAlgorithmicMedia: 'was edited with generative AI',
  compositeSynthetic: 'is a composite with parts made by generative AI',
  trainedAlgorithmicData: 'is data made by a trained AI model',
  virtualRecording: 'is a recording of a virtual event, which may hold elements made by AI',
  composite: 'is a composite that may hold elements made by AI',
  digitalArt: 'is digital art, which may hold elements made by AI',
  algorithmicMedia: 'was made by an algorithm without trained AI',
  algorithmicallyEnhanced: 'was corrected by an algorithm',
  dataDrivenMedia: 'shows data',
  digitalCreation: 'was made by a person with digital tools that are not generative',
  humanEdits: 'was edited by a person with tools that are not generative',
  minorHumanEdits: 'was edited in minor ways by a person',
  softwareImage: 'was made by software',
  digitalCapture: 'was captured by a camera or recorder',
  computationalCapture: 'was captured by a camera that merged or processed several frames',
  compositeCapture: 'was put together from several captures',
  screenCapture: 'is a capture of a screen, which may show content made by AI',
  negativeFilm: 'was digitised from a negative',
  positiveFilm: 'was digitised from a positive film',
  print: 'was digitised from a print',
  empty: 'began as a blank canvas',
};

function termWords(term: string): string {
  return Object.hasOwn(TERM_WORDS, term)
    ? TERM_WORDS[term as DigitalSourceType]
    : 'has an origin outside the vocabulary';
}

const GB_READINGS: Readonly<Record<string, string>> = {
  'gb45438.label.generated': 'says “is AI-generated”',
  'gb45438.label.possible': 'says “may be AI-generated”',
  'gb45438.label.suspected': 'says “is suspected to be AI-generated”',
};

function gbPart(signals: readonly Signal[]): string[] {
  if (!signals.some((s) => s.id === 'gb45438.label.present')) {
    return signals.some((s) => s.id === 'gb45438.label.shell')
      ? ['It carries an empty Chinese AI label (GB 45438-2025): the key is there, the fields are not.']
      : [];
  }
  const readings = Object.entries(GB_READINGS)
    .filter(([id]) => signals.some((s) => s.id === id))
    .map(([, words]) => words);
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised');
  if (odd) readings.push(`holds a value outside the standard, ${quoted(odd.value ?? '')}`);
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  const says =
    readings.length > 0 ? ` that ${readings.join(' and ')}` : ' that does not say whether it is AI-generated';
  return [
    `It carries a Chinese AI label (GB 45438-2025)${says}${producer ? ` and names producer ${quoted(producer)}` : ''}. The label is not signed: anyone can write or remove it.`,
  ];
}

function generatorPart(signals: readonly Signal[]): string[] {
  const ids = new Set(signals.map((s) => s.id));
  const parts: string[] = [];
  if (ids.has('generator.a1111')) {
    parts.push(
      'It holds settings as Stable Diffusion web UI and kindred tools write them into pictures they make (model, seed, prompt).',
    );
  }
  if (ids.has('generator.comfyui')) {
    parts.push(
      ids.has('generator.comfyui.sampler')
        ? 'It holds a ComfyUI workflow with a step that makes pictures.'
        : 'It holds a ComfyUI workflow without a step that makes pictures.',
    );
  }
  return parts.length === 0 ? [] : [...parts, 'Such text can be copied into any file.'];
}

function contradictionPart({ contradictions }: Statement): string[] {
  const [first] = contradictions;
  return first
    ? [
        `Two statements in this file exclude each other: ${first.statement.charAt(0).toLowerCase()}${first.statement.slice(1)}`,
      ]
    : [];
}

const MOST_QUOTED_CHARACTERS = 80;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
function quoted(text: string): string {
  const clean = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[“”"]/g, "'")
    .trim();
  return `“${clean.length > MOST_QUOTED_CHARACTERS ? `${clean.slice(0, MOST_QUOTED_CHARACTERS - 1)}…` : clean}”`;
}
