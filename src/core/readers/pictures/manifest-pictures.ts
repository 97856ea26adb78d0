import { asRecord, member } from '../../ground/json-shape.js';
import type { PictureSubject } from '../../media/pictures.js';
import { type JumbfBox, JumbfBudget, JumbfError, openSuperbox } from '../../trust/jumbf.js';
import { type ManifestBoxes, manifestBoxes } from '../../trust/manifest-boxes.js';
import { claimBudget, readClaimCbor } from '../claim-cbor.js';

/** A picture as a manifest keeps it: bytes of any kind, nothing of them is believed. */
export type KeptPicture = Extract<PictureSubject, { manifest: string }> & { bytes: Buffer };

const CLAIM = /^c2pa\.thumbnail\.claim(\.|$)/;
const INGREDIENT_PICTURE = /^c2pa\.thumbnail\.ingredient/;
const INGREDIENT = /^c2pa\.ingredient(\.v\d+)?(__\d+)?$/;

/** Manifests without faults, the active one first: what each keeps of its content, else what its user kept of it. */
export function manifestPictures(store: Buffer): KeptPicture[] {
  const manifests = manifestBoxes(store).manifests.map(opened);
  const active = manifests.at(-1)?.label;
  const found = new Map<string, KeptPicture>();
  for (const { label, claim } of manifests) {
    if (claim) found.set(label, { kind: 'claim', manifest: label, active: label === active, bytes: claim });
  }
  for (const { label, ingredients } of manifests) {
    for (const { target, picture } of ingredients) {
      if (target === undefined || picture === undefined || found.has(target)) continue;
      found.set(target, { kind: 'claim', manifest: target, active: target === active, bytes: picture });
    }
    // Of several that brought no manifest, which is which in the engine's list cannot be told.
    const [alone, ...others] = ingredients.filter(({ target }) => target === undefined);
    if (alone?.picture && others.length === 0)
      found.set(`${label} `, { kind: 'ingredient', manifest: label, bytes: alone.picture });
  }
  const isActive = (one: KeptPicture) => one.kind === 'claim' && one.active;
  const all = [...found.values()];
  return [...all.filter(isActive), ...all.filter((one) => !isActive(one)).reverse()];
}

interface Opened {
  label: string;
  claim?: Buffer | undefined;
  ingredients: { target?: string | undefined; picture?: Buffer | undefined }[];
}

function opened({ label, assertions = [], fault }: ManifestBoxes): Opened {
  if (fault) return { label, ingredients: [] };
  try {
    return ofAssertions(label, assertions);
  } catch (error) {
    if (error instanceof JumbfError) return { label, ingredients: [] };
    throw error;
  }
}

function ofAssertions(label: string, assertions: readonly JumbfBox[]): Opened {
  const budgets = { boxes: new JumbfBudget(), items: claimBudget() };
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
    const target = urlOf(data && (member(data, 'activeManifest') ?? member(data, 'c2pa_manifest')));
    const picture = urlOf(data && member(data, 'thumbnail'));
    return {
      target: target === undefined ? undefined : manifestIn(target),
      picture: picture === undefined ? undefined : pictures.get(picture.split('/').at(-1) ?? ''),
    };
  });
  return { label, claim, ingredients };
}

function urlOf(reference: unknown): string | undefined {
  const record = asRecord(reference);
  const url = record && member(record, 'url');
  return typeof url === 'string' ? url : undefined;
}

/** `self#jumbf=/c2pa/<label>`; another form leads to no label that there is, and to no picture. */
const manifestIn = (url: string): string => /^self#jumbf=\/?c2pa\/([^/]+)/.exec(url)?.[1] ?? '';
