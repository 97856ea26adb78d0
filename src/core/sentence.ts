import type { AssetFacts } from './asset-facts.js';
import type { DeclaredOrigin } from './c2pa-origin.js';
import { quoted } from './quoted.js';
import type { ContentCredentials, Contradiction, Origin } from './report.js';
import { credentialsPart } from './sentence-credentials.js';
import type { Signal } from './signal.js';
import { termWords } from './source-type-words.js';

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

const GB_READINGS: Readonly<Record<string, string>> = {
  'gb45438.label.generated': 'says “is AI-generated”',
  'gb45438.label.possible': 'says “may be AI-generated”',
  'gb45438.label.suspected': 'says “is suspected to be AI-generated”',
};

function gbPart(signals: readonly Signal[]): string[] {
  if (!signals.some((s) => s.id === 'gb45438.label.present')) {
    return signals.some((s) => s.id === 'gb45438.label.shell')
      ? [
          'It carries the key of a Chinese AI label (GB 45438-2025), and no field of the label could be read in it.',
        ]
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
