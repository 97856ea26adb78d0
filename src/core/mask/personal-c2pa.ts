import type { AssertionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { asArray, asRecord, asText, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Literals } from './personal-text.js';

/**
 * Serial numbers and persons that a manifest store names in fields made for them. Nothing of these is shown, but the
 * same words may stand in a title, an explanation or a label.
 */
export function personalIn({ manifests }: StoreEvidence): Literals {
  return {
    location: [],
    serial: manifests.flatMap(({ signature: { serial } }) => (serial === undefined ? [] : [serial])),
    names: manifests.flatMap(({ assertions }) => assertions.flatMap(namesIn)),
  };
}

/** Names that stand for a product or for whoever signed: they are what a Report is about. */
export function publicNames({ manifests }: StoreEvidence): string[] {
  return manifests.flatMap((manifest) => [
    ...signerNames(manifest),
    ...manifest.claimGenerators.map(({ name }) => name),
    ...manifest.actions.flatMap(({ softwareAgent }) => softwareAgent ?? []),
  ]);
}

function signerNames({ signature: { organisation, commonName } }: ManifestRecord): string[] {
  return [organisation, commonName].filter((name) => name !== undefined);
}

const MOST_PEOPLE = 32;
const WORK = /^stds\.schema-org\.CreativeWork(__\d+)?$/;
const IDENTITY = /^cawg\.identity(__\d+)?$/;

function namesIn({ label, data }: AssertionRecord): string[] {
  const record = asRecord(data) ?? {};
  if (WORK.test(label)) return people(member(record, 'author')).flatMap((one) => textsOf(one, ['name']));
  if (!IDENTITY.test(label)) return [];
  const subject = asRecord(member(record, 'credentialSubject')) ?? {};
  return [member(record, 'verifiedIdentities'), member(subject, 'verifiedIdentities')]
    .flatMap(people)
    .flatMap((one) => textsOf(one, ['name', 'username']));
}

/** One or a list; an organisation is no person. */
function people(value: unknown): unknown[] {
  const all = Array.isArray(value) ? asArray(value, MOST_PEOPLE) : [value];
  return all.filter((one) => member(asRecord(one) ?? {}, '@type') !== 'Organization');
}

function textsOf(value: unknown, keys: readonly string[]): string[] {
  const record = asRecord(value) ?? {};
  return keys.flatMap((key) => asText(member(record, key), limits.shownValueCharacters) ?? []);
}
