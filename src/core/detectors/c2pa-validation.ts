import { shortenName } from '../../base/quoted.js';
import { type Message, message } from '../../i18n/message.js';
import type { Exclusion } from '../c2pa/claim-facts.js';
import { activeIntegrity, manifestIntegrity } from '../c2pa/integrity.js';
import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { activeSigner, resolveStoreTime, signerName } from '../c2pa/signer.js';
import { isStoreFault } from '../c2pa/store-fault.js';
import { foundValue } from '../media/carrier.js';
import type { Signal, SignalId } from '../report/signal.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';

/** Detects presence, integrity, signer and time of the active manifest; faults of ingredients are reported separately. */
export const c2paValidation = defineDetector({
  id: 'c2pa-validation',
  needs: ['c2pa'],
  canRunUnread: true,
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
    const value = foundValue(c2pa);
    if (!value) {
      if (c2pa.status !== 'malformed' || !storeLocated || !isStoreFault(c2pa.code)) return [];
      return [
        {
          id: 'c2pa.unreadable',
          backing: 'unsigned',
          value: c2pa.code,
          basis: [{ carrier: 'c2pa', locator: 'manifest store' }],
        },
      ];
    }
    if (value.kind === 'remote') {
      return [
        {
          id: 'c2pa.remote',
          backing: 'unsigned',
          value: value.remoteUrl,
          basis: [{ carrier: 'c2pa', locator: 'remote manifest reference' }],
        },
      ];
    }
    return storeSignals(value);
  },
});

function storeSignals(store: StoreEvidence): Signal[] {
  const { integrity, causes } = activeIntegrity(store);
  const backing = manifestBacking(store, store.activeManifest);
  const active = `self#jumbf=/c2pa/${store.activeManifest}`;
  const at = (locator: string) => [{ carrier: 'c2pa' as const, locator }];
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
    const ranges = more.map(partMessage);
    signals.push({
      id: 'c2pa.binding.leavesOutMore',
      backing,
      messages: { value: message('fact.ranges', { ranges }) },
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
  const judgement = activeSigner(store);
  if (judgement && judgement.trust !== 'not-checked') {
    signals.push({
      id: `c2pa.signer.${judgement.trust}`,
      backing,
      ...(judgement.list ? { messages: { value: editionMessage(judgement.list) } } : {}),
      basis: at(signature),
    });
  }
  const time = resolveStoreTime(store);
  if (time.revocation === 'revoked')
    signals.push({ id: 'c2pa.signer.revoked', backing, basis: at(signature) });
  const token = time.keptIn?.locator ?? signature;
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

function partMessage(part: Exclusion): Message {
  if ('box' in part)
    return message('sentence.box', { path: message('text.quoted', { text: shortenName(part.box) }) });
  const { start, bytes } = part;
  return message('sentence.bytes', { first: String(start), last: String(start + bytes - 1) });
}

/** Day of the trust list as the list states it. */
const editionMessage = ({
  name,
  date,
}: NonNullable<NonNullable<ReturnType<typeof activeSigner>>['list']>): Message => {
  const list = message(`place.list.${name}`);
  return date === undefined
    ? list
    : message('place.list.dated', { list, date: message('text.asWritten', { text: date }) });
};
