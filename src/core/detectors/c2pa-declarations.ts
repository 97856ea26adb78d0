import { fault, type ReadFault } from '../../base/fault.js';
import { asRecord, type JsonRecord, ownMember, truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { ManifestRecord } from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { C2PA_DECLARATIONS, type C2paDeclaration } from '../signatures/c2pa-declarations.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { SignalCollector } from './gathered-signals.js';
import { type LocatedAssertion, locateAssertions } from './located-assertions.js';

/**
 * Detects statements about AI outside digitalSourceType, and training permissions, which never say anything about
 * origin.
 */
export const c2paDeclarations = defineDetector({
  id: 'c2pa-declarations',
  needs: ['c2pa'],
  raises: [
    'c2pa.declaration.microsoftAiImage',
    'c2pa.declaration.blackForestLabs',
    'c2pa.declaration.adobeFirefly',
    'c2pa.declaration.aiDisclosure',
    'c2pa.declaration.suno',
    'c2pa.declaration.dreamina',
    'c2pa.trainingMining',
  ],
  detect({ c2pa }, _asset, stopped) {
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    if (store.manifests.some(({ assertions }) => assertions.some(({ leftOut }) => leftOut)))
      stopped?.('c2pa', ASSERTION_LEFT_OUT);
    const signals = new SignalCollector();
    for (const manifest of store.manifests) {
      const found = [...findDeclarations(manifest), ...trainingPermissions(manifest)];
      if (found.length === 0) continue;
      const backing = manifestBacking(store, manifest.label);
      for (const { id, value, locators: places } of found) {
        for (const locator of places) signals.add(id, backing, value, { carrier: 'c2pa', locator });
      }
    }
    return signals.list();
  },
});

const ASSERTION_LEFT_OUT: ReadFault = fault('bound.characters', {
  place: 'C2PA',
  most: limits.assertionCharacters,
});

export interface Declaration {
  id: SignalId;
  /** Text quoted from the file, bounded in length. */
  value: string;
  /** JUMBF URIs of the action, assertion or claim. */
  locators: string[];
}

const ROWS: readonly C2paDeclaration[] = C2PA_DECLARATIONS;

/**
 * Returns whether a signal alone states "made with AI". Rows that only third parties observed are shown but decide
 * nothing, and the disclosure of a model does not say how much of the content it made.
 */
export function declaresGenerated(signal: string): boolean {
  return ROWS.some(
    (row) => row.signal === signal && row.states === 'ai-generated' && ['V', 'S', 'D'].includes(row.grade),
  );
}

/** Returns the AI declarations of one manifest, in row order. */
export function findDeclarations(manifest: ManifestRecord): Declaration[] {
  const assertions = locateAssertions(manifest);
  return ROWS.flatMap((row): Declaration[] => {
    const { match } = row;
    if (match.in === 'assertion') {
      const { generator } = match;
      if (generator !== undefined && findGenerator(generator, manifest) === undefined) return [];
      return assertions.flatMap((one) => findInAssertions(row, match, one, assertions));
    }
    if (match.in === 'claimGenerator') return findInClaimGenerator(row, match.name, manifest);
    return manifest.actions
      .filter((a) => a.softwareAgent === match.softwareAgent && a.description === match.description)
      .map((a) => ({
        id: row.signal,
        value: shorten(`${match.softwareAgent}: ${match.description}`),
        locators: [a.locator],
      }));
  });
}

function findInAssertions(
  { signal, shown = [], companions = [] }: C2paDeclaration,
  match: Extract<C2paDeclaration['match'], { in: 'assertion' }>,
  { label, locator, data }: LocatedAssertion,
  all: readonly LocatedAssertion[],
): Declaration[] {
  if (label !== match.label) return [];
  const record = asRecord(data) ?? {};
  if (match.field !== undefined) {
    const value = ownMember(record, match.field);
    if (match.equals === undefined ? value === undefined : value !== match.equals) return [];
  }
  const words = shown.flatMap((path) => {
    const value = readPath(record, path);
    return value === undefined ? [] : [`${path}: ${value}`];
  });
  const beside = all.filter((one) => companions.includes(one.label)).map((one) => one.locator);
  return [
    {
      id: signal,
      value: shorten(words.length > 0 ? words.join(', ') : label),
      locators: [locator, ...beside],
    },
  ];
}

/** v1 writes `Dreamina/4.5` into one string, v2 and later v1 name it in claim_generator_info. */
function findGenerator(name: string, manifest: ManifestRecord): string | undefined {
  const token = manifest.claimGenerator?.split(/\s/).find((word) => word.split('/')[0] === name);
  const named = manifest.claimGenerators.find((generator) => generator.name === name);
  return token ?? (named && [named.name, named.version].filter((part) => part).join('/'));
}

function findInClaimGenerator(
  { signal }: C2paDeclaration,
  name: string,
  manifest: ManifestRecord,
): Declaration[] {
  const value = findGenerator(name, manifest);
  const claim = manifest.claimVersion === 2 ? 'c2pa.claim.v2' : 'c2pa.claim';
  return value === undefined
    ? []
    : [{ id: signal, value: shorten(value), locators: [`self#jumbf=/c2pa/${manifest.label}/${claim}`] }];
}

/** Reads a plain value by its dotted path; `undefined` for objects and lists, which are not shown. */
function readPath(record: JsonRecord, path: string): string | undefined {
  let value: unknown = record;
  for (const key of path.split('.')) value = ownMember(asRecord(value) ?? {}, key);
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;
}

const TRAINING = new Set(['c2pa.training-mining', 'cawg.training-mining']);
const MAX_ENTRIES = 32;

/**
 * Reads `{entries: {"cawg.ai_generative_training": {use: "notAllowed"}}}`: its keys name AI, but it grants or denies a
 * permission.
 */
function trainingPermissions(manifest: ManifestRecord): Declaration[] {
  return locateAssertions(manifest).flatMap(({ label, locator, data }): Declaration[] => {
    if (!TRAINING.has(label)) return [];
    const entries = asRecord(ownMember(asRecord(data) ?? {}, 'entries')) ?? {};
    const words = Object.keys(entries)
      .sort()
      .slice(0, MAX_ENTRIES)
      .flatMap((key) => {
        const use = readPath(asRecord(ownMember(entries, key)) ?? {}, 'use');
        return use === undefined ? [] : [`${key}: ${use}`];
      });
    return [
      {
        id: 'c2pa.trainingMining',
        value: shorten(words.length > 0 ? words.join(', ') : label),
        locators: [locator],
      },
    ];
  });
}

const shorten = (words: string): string => truncate(words, limits.shownValueCharacters);
