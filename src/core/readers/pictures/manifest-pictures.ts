import { asRecord, ownMember } from '../../../base/json-shape.js';
import type { PictureSubject } from '../../media/pictures.js';
import { type JumbfBox, JumbfBudget, JumbfError, openSuperbox } from '../../trust/formats/jumbf.js';
import { type ManifestBoxes, readManifestBoxes } from '../../trust/formats/manifest-boxes.js';
import { createClaimBudget, readClaimCbor } from '../c2pa/claim-cbor.js';

/** Picture stored in a manifest: untrusted bytes of any type. */
export type StoredPicture = Extract<PictureSubject, { manifest: string }> & { bytes: Buffer };

const CLAIM = /^c2pa\.thumbnail\.claim(\.|$)/;
const INGREDIENT_PICTURE = /^c2pa\.thumbnail\.ingredient/;
const INGREDIENT = /^c2pa\.ingredient(\.v\d+)?(__\d+)?$/;

/**
 * Returns the pictures of manifests without faults, the active one first: the claim's thumbnail or, if absent, the one
 * in the manifest that uses it as an ingredient.
 */
export function listManifestPictures(store: Buffer): StoredPicture[] {
  const manifests = readManifestBoxes(store).manifests.map(openManifest);
  const active = manifests.at(-1)?.label;
  const found = new Map<string, StoredPicture>();
  for (const { label, claim } of manifests) {
    if (claim) found.set(label, { kind: 'claim', manifest: label, active: label === active, bytes: claim });
  }
  for (const { label, ingredients } of manifests) {
    for (const { target, picture } of ingredients) {
      if (target === undefined || picture === undefined || found.has(target)) continue;
      found.set(target, { kind: 'claim', manifest: target, active: target === active, bytes: picture });
    }
    // Several ingredients without a manifest cannot be matched with those in the engine's list.
    const [alone, ...others] = ingredients.filter(({ target }) => target === undefined);
    if (alone?.picture && others.length === 0)
      found.set(`${label} `, { kind: 'ingredient', manifest: label, bytes: alone.picture });
  }
  const isActive = (one: StoredPicture) => one.kind === 'claim' && one.active;
  const all = [...found.values()];
  return [...all.filter(isActive), ...all.filter((one) => !isActive(one)).reverse()];
}

interface Opened {
  label: string;
  claim?: Buffer | undefined;
  ingredients: { target?: string | undefined; picture?: Buffer | undefined }[];
}

function openManifest({ label, assertions = [], fault }: ManifestBoxes): Opened {
  if (fault) return { label, ingredients: [] };
  try {
    return ofAssertions(label, assertions);
  } catch (error) {
    if (error instanceof JumbfError) return { label, ingredients: [] };
    throw error;
  }
}

function ofAssertions(label: string, assertions: readonly JumbfBox[]): Opened {
  const budgets = { boxes: new JumbfBudget(), items: createClaimBudget() };
  const pictures = new Map<string, Buffer>();
  const refers: Buffer[] = [];
  let claim: Buffer | undefined;
  for (const box of assertions) {
    const { description, children } = openSuperbox(box, budgets.boxes, 3);
    const name = description.label ?? '';
    const bytes = children.find(({ type }) => type === 'bidb')?.bytes;
    if (bytes && CLAIM.test(name)) claim ??= bytes;
    if (bytes && INGREDIENT_PICTURE.test(name)) pictures.set(name, bytes);
    const cbor = children.find(({ type }) => type === 'cbor')?.bytes;
    if (cbor && INGREDIENT.test(name)) refers.push(cbor);
  }
  const ingredients = refers.map((cbor) => {
    const answer = readClaimCbor(cbor, budgets.items);
    const data = 'value' in answer ? asRecord(answer.value) : undefined;
    const target = urlOf(data && (ownMember(data, 'activeManifest') ?? ownMember(data, 'c2pa_manifest')));
    const picture = urlOf(data && ownMember(data, 'thumbnail'));
    return {
      target: target === undefined ? undefined : parseManifestLabel(target),
      picture: picture === undefined ? undefined : pictures.get(picture.split('/').at(-1) ?? ''),
    };
  });
  return { label, claim, ingredients };
}

function urlOf(reference: unknown): string | undefined {
  const record = asRecord(reference);
  const url = record && ownMember(record, 'url');
  return typeof url === 'string' ? url : undefined;
}

/** Returns the label in `self#jumbf=/c2pa/<label>`; URLs of another form match no label and so no picture. */
const parseManifestLabel = (url: string): string => /^self#jumbf=\/?c2pa\/([^/]+)/.exec(url)?.[1] ?? '';
