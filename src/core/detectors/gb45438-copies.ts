import type { Evidence } from '../evidence/evidence.js';
import { fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { type Carrier, type Location, readValue } from '../media/carrier.js';
import { objectAt, type PastBound } from './gb45438-json.js';
import { type ImplicitLabel, parseImplicitLabel, speaksForItself } from './gb45438-label.js';
import { forgetTexts, type Text, type TextCarrier, textsOf } from './texts.js';
import { xmpPlace } from './xmp-place.js';

/**
 * Where in a file a GB 45438 label stands. Annex E a) asks for a field whose name contains AIGC; the practice guides
 * say which one in each container, and some writers put the label elsewhere. A key alone is a shell, fields alone
 * are a label only where they cannot be anything else.
 */

export interface Copy {
  label: ImplicitLabel;
  location: Location;
  /** False where neither the field's name nor the text itself says AIGC. */
  keyed: boolean;
}

export interface Found {
  copies: Copy[];
  /** Places with the key and no known field, and what stands there. */
  shells: { text: string; location: Location }[];
  /** Copies past the bound, which were not looked into. */
  unread: number;
  /** What kept this from looking into a copy, by the carrier it stands in. */
  faults: { carrier: Carrier; fault: ReadFault }[];
}

const PAST_BOUND: Readonly<Record<PastBound, ReadFault>> = {
  'too long': fault('bound.jsonLabel', { most: limits.jsonLabelCharacters }),
  'too deep': fault('bound.jsonDepth', { most: limits.jsonDepth }),
};

const TOO_MANY: ReadFault = fault('bound.labelCopies', { most: limits.labelCopies });

/** Asked for by whoever checks the labels' signatures and by the detector: they are looked for once a file. */
const known = new WeakMap<AssetFacts, { texts: readonly Text[]; xmp: Evidence['xmp']; found: Found }>();

/** Not to be written into. */
export function labelCopies(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): Found {
  const texts = textsOf(evidence, asset);
  const before = known.get(asset);
  if (before?.texts === texts && before.xmp === evidence.xmp) return before.found;
  const found = copiesIn(evidence, asset);
  known.set(asset, { texts, xmp: evidence.xmp, found });
  return found;
}

/** All texts of the file are not needed any more. */
export function forgetCopies(asset: AssetFacts): void {
  known.delete(asset);
  forgetTexts(asset);
}

function copiesIn(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): Found {
  const found: Found = { copies: [], shells: [], unread: 0, faults: [] };
  const stopped = ({ carrier }: Location, fault: ReadFault) => {
    if (carrier !== 'file') found.faults.push({ carrier, fault });
  };
  for (const place of places(evidence, asset)) {
    const candidate = candidateIn(place);
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
    else if (label && (keyed || speaksForItself(label)))
      found.copies.push({ label, location, keyed: isKeyed(place, keyed) });
    else if (isShell(place)) found.shells.push({ text: place.text, location });
  }
  return found;
}

interface LabelText {
  /** `exact`: the field is named AIGC. `part`: AIGC stands within its name. */
  key: 'exact' | 'part' | 'none';
  field: string;
  text: string;
  location: Location;
}

const TC260 = /^https?:\/\/www\.tc260\.org\.cn\/ns\/AIGC\/1\.0\/?$/;

/** Of all texts, those that `candidateIn` may find a label in: most files have none. */
function places(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): LabelText[] {
  const found: LabelText[] = [];
  for (const packet of readValue(evidence.xmp) ?? [])
    for (const { namespace, name, value, path, form } of packet.properties)
      if (name === 'AIGC' || value.includes('AIGC'))
        found.push({
          key: TC260.test(namespace) && name === 'AIGC' ? 'exact' : 'none',
          field: name,
          text: value,
          location: xmpPlace(packet, `${path} (${form})`),
        });
  for (const { carrier, field, text, location } of textsOf(evidence, asset)) {
    if (carrier === 'xmp') continue;
    if (field.includes('AIGC') || text.includes('AIGC') || carrier === KEYLESS)
      found.push({ key: keyOf(field), field, text, location });
  }
  return found;
}

/** An app writes the seven fields into an item list without any key name. */
const KEYLESS: Carrier = 'bmffMeta';

/** `AIGC`, `TXXX:AIGC`, `----:com.apple.iTunes:AIGC`, `track:AIGC`. */
function keyOf(field: string): LabelText['key'] {
  if (/(?:^|[:./ ])AIGC$/.test(field)) return 'exact';
  return field.includes('AIGC') ? 'part' : 'none';
}

/** `{"AIGC":…` of Annex E b), whatever was done to its quotes. */
function isWrapped(text: string): boolean {
  return /^[\s\uFEFF\0]*"?\{\s*\\?(?:"|'|&(?:amp;)?(?:quot|#34|#x22|apos|#39|#x27);)AIGC/.test(text);
}

/** Carriers whose text may begin before the label and go on after it. */
const LOOSE: ReadonlySet<string> = new Set(['comment', 'privateChunk', 'seft', 'sei']);

interface Candidate {
  text: string;
  /** The key says what it is; without one the fields must. */
  keyed: boolean;
}

/** The text that may be the label; undefined where nothing in this place looks like one. */
function candidateIn({ key, text, location }: LabelText): Candidate | undefined {
  if (key === 'exact' || isWrapped(text)) return { text, keyed: true };
  const glued = (LOOSE.has(location.carrier) ? /AIGC[\0\s:=]{0,8}\{/ : /^\s*AIGC[\0\s:=]{0,8}\{/).exec(text);
  if (glued) return { text: objectAt(text, glued.index + glued[0].length - 1), keyed: true };
  const keyless = location.carrier === KEYLESS && /^\s*\{[^{]*"Label"/.test(text.slice(0, 1_024));
  return key === 'part' || keyless ? { text, keyed: false } : undefined;
}

/** Annex E a): the field's name or the keyword contains AIGC. */
function isKeyed({ key }: LabelText, keyed: boolean): boolean {
  return keyed || key === 'part';
}

/** A field made for the label, or a comment that opens with the label's key. */
function isShell({ key, field, text }: LabelText): boolean {
  return key === 'exact' || (/^(UserComment|ImageDescription)$/.test(field) && isWrapped(text));
}
