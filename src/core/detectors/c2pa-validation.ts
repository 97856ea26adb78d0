import { type Said, said } from '../../say/said.js';
import type { Exclusion } from '../c2pa/claim-facts.js';
import { activeIntegrity, manifestIntegrity } from '../c2pa/integrity.js';
import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { signerName, signerOf, storeTime } from '../c2pa/signer.js';
import { isStoreFault } from '../c2pa/store-fault.js';
import { plainName } from '../ground/quoted.js';
import { readValue } from '../media/carrier.js';
import type { Signal, SignalId } from '../report/signal.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';

/** Presence, integrity, signer and time of the active manifest; faults of ingredients apart. */
export const c2paValidation = defineDetector({
  id: 'c2pa-validation',
  needs: ['c2pa'],
  ofEndings: true,
  raises: [
    'c2pa.present',
    'c2pa.remote',
    'c2pa.unreadable',
    'c2pa.integrity.intact',
    'c2pa.binding.leavesOutMore',
    'c2pa.integrity.altered',
    'c2pa.integrity.undetermined',
    'c2pa.ingredient.altered',
    'c2pa.signer.named',
    'c2pa.signer.official',
    'c2pa.signer.interim',
    'c2pa.signer.private',
    'c2pa.signer.unlisted',
    'c2pa.signer.revoked',
    'c2pa.time.stamped',
    'c2pa.time.proven',
    'c2pa.time.expiredWithoutTimestamp',
  ],
  detect({ c2pa }, { storeLocated }) {
    const value = readValue(c2pa);
    if (!value) {
      if (c2pa.status !== 'malformed' || !storeLocated || !isStoreFault(c2pa.code)) return [];
      return [
        {
          id: 'c2pa.unreadable',
          backing: 'unsigned',
          value: c2pa.code,
          basis: [{ carrier: 'c2pa', place: 'manifest store' }],
        },
      ];
    }
    if (value.kind === 'remote') {
      return [
        {
          id: 'c2pa.remote',
          backing: 'unsigned',
          value: value.remoteUrl,
          basis: [{ carrier: 'c2pa', place: 'remote manifest reference' }],
        },
      ];
    }
    return ofStore(value);
  },
});

function ofStore(store: StoreEvidence): Signal[] {
  const { integrity, causes } = activeIntegrity(store);
  const backing = backingOf(store, store.activeManifest);
  const active = `self#jumbf=/c2pa/${store.activeManifest}`;
  const at = (place: string) => [{ carrier: 'c2pa' as const, place }];
  const signals: Signal[] = [
    { id: 'c2pa.present', backing, basis: at(active) },
    {
      id: `c2pa.integrity.${integrity}`,
      backing,
      ...(causes.length > 0 ? { value: causes.join(', ') } : {}),
      basis: at(active),
    },
  ];
  const more = store.uncovered?.parts ?? [];
  if (more.length > 0 && integrity !== 'altered') {
    const ranges = more.map(partSaid);
    signals.push({
      id: 'c2pa.binding.leavesOutMore',
      backing,
      said: { value: said('fact.ranges', { ranges }) },
      basis: at(active),
    });
  }
  for (const manifest of store.manifests) {
    if (manifest.label === store.activeManifest) continue;
    const result = manifestIntegrity(store, manifest.label);
    if (result.integrity !== 'altered') continue;
    signals.push({
      id: 'c2pa.ingredient.altered',
      backing: 'invalid',
      value: result.causes.join(', '),
      basis: at(`self#jumbf=/c2pa/${manifest.label}`),
    });
  }
  const name = signerName(store);
  const signature = `${active}/c2pa.signature`;
  if (name) signals.push({ id: 'c2pa.signer.named', backing, value: name, basis: at(signature) });
  const judgement = signerOf(store);
  if (judgement && judgement.trust !== 'not-checked') {
    signals.push({
      id: `c2pa.signer.${judgement.trust}`,
      backing,
      ...(judgement.list ? { said: { value: editionOf(judgement.list) } } : {}),
      basis: at(signature),
    });
  }
  const time = storeTime(store);
  if (time.revocation === 'revoked')
    signals.push({ id: 'c2pa.signer.revoked', backing, basis: at(signature) });
  const token = time.keptIn?.place ?? signature;
  if (time.provenAt)
    signals.push({ id: 'c2pa.time.proven', backing, value: time.provenAt, basis: at(token) });
  if (time.stampedAt)
    signals.push({ id: 'c2pa.time.stamped', backing, value: time.stampedAt, basis: at(token) });
  if (time.validity === 'expired-without-timestamp') {
    signals.push({
      id: 'c2pa.time.expiredWithoutTimestamp' satisfies SignalId,
      backing,
      basis: at(signature),
    });
  }
  return signals;
}

function partSaid(part: Exclusion): Said {
  if ('box' in part)
    return said('sentence.box', { path: said('text.quoted', { text: plainName(part.box) }) });
  const { start, bytes } = part;
  return said('sentence.bytes', { first: String(start), last: String(start + bytes - 1) });
}

/** The day as the list has it. */
const editionOf = ({ name, date }: NonNullable<NonNullable<ReturnType<typeof signerOf>>['list']>): Said => {
  const list = said(`place.list.${name}`);
  return date === undefined
    ? list
    : said('place.list.dated', { list, date: said('text.asWritten', { text: date }) });
};
