import type { AssetFacts } from './asset-facts.js';
import type { DeclaredOrigin } from './c2pa-origin.js';
import type { Kind } from './media-types.js';
import type { ContentCredentials, Contradiction, Origin } from './report.js';
import type { Signal } from './signal.js';

/**
 * The summary's words, English. Each sentence must survive being quoted alone, so each says "the file states",
 * never that something is so. Order: what was found, from whom, changed since or not, what it declares and
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
  const said = found.length > 0 ? found : [NOTHING_FOUND];
  return [...said, ...contradictionPart(facts), ...unreadPart(facts)].join(' ');
}

const NOTHING_FOUND =
  'No Content Credentials, AI label or generator trace was found. Most files carry none, and platforms often remove them. This says nothing about how the content was made.';

/** A statement that closes the "nothing" case when parts could not be read. */
function unreadPart({ unread }: Statement): string[] {
  if (unread.length === 0) return [];
  return [`Parts of this file could not be read (${unread.join(', ')}), so a label there would have been missed.`];
}

function credentialsPart(facts: Statement): string[] {
  const { credentials, asset } = facts;
  switch (credentials.presence) {
    case 'remote':
      return ['It points to Content Credentials kept elsewhere. They were not fetched.'];
    case 'unreadable':
      return facts.storeSeen ? ['It carries Content Credentials that could not be read, so what they state is not known.'] : [];
    case 'present':
      return presentPart(facts, `This ${asset.mediaType.format}`);
    default:
      return [];
  }
}

function presentPart(facts: Statement, subject: string): string[] {
  const { credentials, declared, asset } = facts;
  const name = credentials.signer?.name;
  const carries = `${subject} carries Content Credentials${name ? ` that name ${quoted(name)}` : ''}`;
  if (credentials.integrity === 'altered') {
    return [
      `${carries}, but the file is no longer what they were made for: ${alteredWords(credentials)}.`,
      'What they say cannot be taken as describing this file.',
    ];
  }
  if (credentials.integrity === 'undetermined') {
    return [`${carries}. Whether the file changed since could not be determined.`, ...declaredPart(declared, asset.mediaType.kind), ...ingredientPart(credentials)];
  }
  const expired = credentials.time?.validity === 'expired-without-timestamp';
  const unchanged = expired
    ? 'The file has not changed since, but the signer’s certificate has run out and no timestamp proves when it was used.'
    : 'The file has not changed since.';
  const trust = credentials.signer?.trust === 'not-checked' ? ['Whether the signer is on a trust list was not checked.'] : [];
  return [`${carries}. ${unchanged}`, ...trust, ...declaredPart(declared, asset.mediaType.kind), ...ingredientPart(credentials)];
}

function alteredWords(credentials: ContentCredentials): string {
  const causes = credentials.integrityCauses ?? [];
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c))) return 'its data was changed after signing';
  if (causes.includes('claimSignature.mismatch')) return 'the signature does not match the credentials';
  return 'part of the credentials was changed after signing';
}

function ingredientPart(credentials: ContentCredentials): string[] {
  return credentials.ingredientIntegrity === 'altered' ? ['A part that this file was made from does not match its own credentials.'] : [];
}

const MEDIA_WORDS = { image: 'picture', video: 'video', audio: 'sound', document: 'document', other: 'file' } as const satisfies Record<Kind, string>;

function declaredPart(declared: DeclaredOrigin | undefined, kind: Kind): string[] {
  const medium = MEDIA_WORDS[kind];
  if (!declared) return ['They name no digital source type, the field that states how content was made.'];
  const what = declared.where === 'ancestor' ? `an earlier version of this ${medium}` : `the ${medium}`;
  switch (declared.origin) {
    case 'ai-generated':
      return [`They state that ${what} was made with generative AI.`];
    case 'ai-edited':
      return [declared.where === 'component' ? `They state that a part of the ${medium} was made with generative AI.` : `They state that ${what} was edited with generative AI.`];
    case 'captured':
      return [
        `They state that it was captured by a device${declared.agent ? ` (${quoted(declared.agent)})` : ''} and then not edited. A camera’s signature also holds for a photo of a screen.`,
      ];
    default:
      return [declared.editedAfterCapture ? 'They state that it was captured by a device and then edited.' : 'They state another origin than generative AI or a camera; the details name it.'];
  }
}

function labelsPart({ signals }: Statement): string[] {
  return [...iptcPart(signals), ...gbPart(signals), ...generatorPart(signals)];
}

function iptcPart(signals: readonly Signal[]): string[] {
  const terms = signals.flatMap((s) => /^iptc\.digitalSourceType\.(\w+)$/.exec(s.id)?.[1] ?? []);
  if (terms.length === 0) return [];
  return [`Its XMP label (IPTC digitalSourceType) says ${terms.map(quoted).join(' and ')}. The label is not signed: anyone can write or remove it.`];
}

const GB_READINGS: Readonly<Record<string, string>> = {
  'gb45438.label.generated': 'says “is AI-generated”',
  'gb45438.label.possible': 'says “may be AI-generated”',
  'gb45438.label.suspected': 'says “is suspected to be AI-generated”',
};

function gbPart(signals: readonly Signal[]): string[] {
  if (!signals.some((s) => s.id === 'gb45438.label.present')) {
    return signals.some((s) => s.id === 'gb45438.label.shell') ? ['It carries an empty Chinese AI label (GB 45438-2025): the key is there, the fields are not.'] : [];
  }
  const readings = Object.entries(GB_READINGS).filter(([id]) => signals.some((s) => s.id === id)).map(([, words]) => words);
  const odd = signals.find((s) => s.id === 'gb45438.label.unrecognised');
  if (odd) readings.push(`holds a value outside the standard, ${quoted(odd.value ?? '')}`);
  const producer = signals.find((s) => s.id === 'gb45438.element.contentProducer')?.value;
  const says = readings.length > 0 ? ` that ${readings.join(' and ')}` : ' that does not say whether it is AI-generated';
  return [`It carries a Chinese AI label (GB 45438-2025)${says}${producer ? ` and names producer ${quoted(producer)}` : ''}. The label is not signed: anyone can write or remove it.`];
}

function generatorPart(signals: readonly Signal[]): string[] {
  const ids = new Set(signals.map((s) => s.id));
  const parts: string[] = [];
  if (ids.has('generator.a1111')) {
    parts.push('It holds settings as Stable Diffusion web UI and kindred tools write them into pictures they make (model, seed, prompt).');
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
  return first ? [`Two statements in this file exclude each other: ${first.statement.charAt(0).toLowerCase()}${first.statement.slice(1)}`] : [];
}

const MOST_QUOTED_CHARACTERS = 80;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
function quoted(text: string): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').replace(/[“”"]/g, "'").trim();
  return `“${clean.length > MOST_QUOTED_CHARACTERS ? `${clean.slice(0, MOST_QUOTED_CHARACTERS - 1)}…` : clean}”`;
}
