import { fault, type ReadFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';
import type { Evidence } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { type Carrier, foundValue, type Location } from '../media/carrier.js';
import { extractObject, type PastBound } from './gb45438-json.js';
import { type ImplicitLabel, isSelfIdentifying, parseImplicitLabel } from './gb45438-label.js';
import { clearTexts, collectTexts, type FileText, type TextCarrier } from './texts.js';
import { xmpLocation } from './xmp-locator.js';

/**
 * Finds the GB 45438 labels of a file. Annex E a) asks for a field whose name contains AIGC; the practice guides name
 * the field for each container, and some writers put the label elsewhere. A key without fields is a shell; fields
 * without a key are a label only if they can be nothing else.
 */

export interface LabelCopy {
  label: ImplicitLabel;
  location: Location;
  /** False if neither the field's name nor the text contains AIGC. */
  keyed: boolean;
}

export interface LabelSearchResult {
  copies: LabelCopy[];
  /** Occurrences of the key without any known field, with their text. */
  shells: { text: string; location: Location }[];
  /** Number of copies past the bound, which were not examined. */
  unread: number;
  /** Faults that prevented examining a copy, with the carrier of the copy. */
  faults: { carrier: Carrier; fault: ReadFault }[];
}

const PAST_BOUND: Readonly<Record<PastBound, ReadFault>> = {
  'too long': fault('bound.characters', { place: 'GB 45438', most: limits.jsonLabelCharacters }),
  'too deep': fault('bound.depth', { place: 'GB 45438', most: limits.jsonDepth }),
};

const TOO_MANY: ReadFault = fault('bound.entries', { place: 'GB 45438', most: limits.labelCopies });

/** Cached per file, because both the signature check and the detector need the copies. */
const searchResults = new WeakMap<
  AssetFacts,
  { texts: readonly FileText[]; xmp: Evidence['xmp']; found: LabelSearchResult }
>();

/** Returns the label copies of the file. The result is cached; callers must not modify it. */
export function findLabelCopies(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): LabelSearchResult {
  const texts = collectTexts(evidence, asset);
  const before = searchResults.get(asset);
  if (before?.texts === texts && before.xmp === evidence.xmp) return before.found;
  const found = searchCopies(evidence, asset);
  searchResults.set(asset, { texts, xmp: evidence.xmp, found });
  return found;
}

/** Drops the cached copies and texts of a file that are no longer needed. */
export function clearLabelCopies(asset: AssetFacts): void {
  searchResults.delete(asset);
  clearTexts(asset);
}

function searchCopies(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): LabelSearchResult {
  const found: LabelSearchResult = { copies: [], shells: [], unread: 0, faults: [] };
  const stopped = ({ carrier }: Location, fault: ReadFault) => {
    if (carrier !== 'file') found.faults.push({ carrier, fault });
  };
  for (const place of listLabelTexts(evidence, asset)) {
    const candidate = findCandidate(place);
    if (!candidate) continue;
    const { text, keyed } = candidate;
    const { location } = place;
    if (found.copies.length + found.shells.length >= limits.labelCopies) {
      found.unread++;
      stopped(location, TOO_MANY);
      continue;
    }
    const label = parseImplicitLabel(text);
    if (typeof label === 'string') stopped(location, PAST_BOUND[label]);
    else if (label && (keyed || isSelfIdentifying(label)))
      found.copies.push({ label, location, keyed: isKeyed(place, keyed) });
    else if (isShell(place)) found.shells.push({ text: place.text, location });
  }
  return found;
}

interface LabelText {
  /** `exact`: the field is named AIGC. `part`: its name contains AIGC. */
  key: 'exact' | 'part' | 'none';
  field: string;
  text: string;
  location: Location;
}

const TC260 = /^https?:\/\/www\.tc260\.org\.cn\/ns\/AIGC\/1\.0\/?$/;

/** Returns the texts in which `findCandidate` may find a label; most files have none. */
function listLabelTexts(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): LabelText[] {
  const found: LabelText[] = [];
  for (const packet of foundValue(evidence.xmp) ?? [])
    for (const { namespace, name, value, path, form } of packet.properties)
      if (name === 'AIGC' || value.includes('AIGC'))
        found.push({
          key: TC260.test(namespace) && name === 'AIGC' ? 'exact' : 'none',
          field: name,
          text: value,
          location: xmpLocation(packet, `${path} (${form})`),
        });
  for (const { carrier, field, text, location } of collectTexts(evidence, asset)) {
    if (carrier === 'xmp') continue;
    if (field.includes('AIGC') || text.includes('AIGC') || carrier === KEYLESS)
      found.push({ key: matchKey(field), field, text, location });
  }
  return found;
}

/** One app writes the seven fields into an item list without any key name. */
const KEYLESS: Carrier = 'bmffMeta';

/** Matches `AIGC`, `TXXX:AIGC`, `----:com.apple.iTunes:AIGC` and `track:AIGC`. */
function matchKey(field: string): LabelText['key'] {
  if (/(?:^|[:./ ])AIGC$/.test(field)) return 'exact';
  return field.includes('AIGC') ? 'part' : 'none';
}

/** Recognises `{"AIGC":…` of Annex E b), however its quotes were escaped. */
function isWrapped(text: string): boolean {
  return /^[\s\uFEFF\0]*"?\{\s*\\?(?:"|'|&(?:amp;)?(?:quot|#34|#x22|apos|#39|#x27);)AIGC/.test(text);
}

/** Carriers whose text may contain other content before and after the label. */
const LOOSE: ReadonlySet<string> = new Set(['comment', 'privateChunk', 'seft', 'sei']);

interface Candidate {
  text: string;
  /** True if an AIGC key identifies the text as a label; otherwise its fields must. */
  keyed: boolean;
}

/** Returns the text that may be the label; `undefined` if this field contains nothing like one. */
function findCandidate({ key, text, location }: LabelText): Candidate | undefined {
  if (key === 'exact' || isWrapped(text)) return { text, keyed: true };
  const glued = (LOOSE.has(location.carrier) ? /AIGC[\0\s:=]{0,8}\{/ : /^\s*AIGC[\0\s:=]{0,8}\{/).exec(text);
  if (glued) return { text: extractObject(text, glued.index + glued[0].length - 1), keyed: true };
  const keyless = location.carrier === KEYLESS && /^\s*\{[^{]*"Label"/.test(text.slice(0, 1_024));
  return key === 'part' || keyless ? { text, keyed: false } : undefined;
}

/** Annex E a): the field's name or keyword contains AIGC. */
function isKeyed({ key }: LabelText, keyed: boolean): boolean {
  return keyed || key === 'part';
}

/** A shell is a field made for the label, or a comment that starts with the label's key. */
function isShell({ key, field, text }: LabelText): boolean {
  return key === 'exact' || (/^(UserComment|ImageDescription)$/.test(field) && isWrapped(text));
}
