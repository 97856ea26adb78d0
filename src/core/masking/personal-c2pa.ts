import { asArray, asRecord, asText, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { AssertionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import type { Literals } from './personal-text.js';

/**
 * Returns serial numbers and persons from dedicated fields of a manifest store. These fields are never shown, but the
 * same words may occur in a title, an explanation or a label.
 */
export function findPersonalLiterals({ manifests }: StoreEvidence): Literals {
  return {
    location: [],
    serial: manifests.flatMap(({ signature: { serial } }) => (serial === undefined ? [] : [serial])),
    names: manifests.flatMap(({ assertions }) => assertions.flatMap(personNames)),
  };
}

/** Returns the names of products and signers, which a Report is about and does not mask. */
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

const MAX_PEOPLE = 32;
const WORK = /^stds\.schema-org\.CreativeWork(__\d+)?$/;
const IDENTITY = /^cawg\.identity(__\d+)?$/;

function personNames({ label, data }: AssertionRecord): string[] {
  const record = asRecord(data) ?? {};
  if (WORK.test(label))
    return listPersons(ownMember(record, 'author')).flatMap((one) => memberTexts(one, ['name']));
  if (!IDENTITY.test(label)) return [];
  const subject = asRecord(ownMember(record, 'credentialSubject')) ?? {};
  return [ownMember(record, 'verifiedIdentities'), ownMember(subject, 'verifiedIdentities')]
    .flatMap(listPersons)
    .flatMap((one) => memberTexts(one, ['name', 'username']));
}

/** Accepts one person or a list. Organisations are not persons. */
function listPersons(value: unknown): unknown[] {
  const all = Array.isArray(value) ? asArray(value, MAX_PEOPLE) : [value];
  return all.filter((one) => ownMember(asRecord(one) ?? {}, '@type') !== 'Organization');
}

function memberTexts(value: unknown, keys: readonly string[]): string[] {
  const record = asRecord(value) ?? {};
  return keys.flatMap((key) => asText(ownMember(record, key), limits.shownValueCharacters) ?? []);
}
