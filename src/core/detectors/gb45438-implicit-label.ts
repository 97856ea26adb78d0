import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { compareCopies, labelSignals } from './gb45438-checks.js';
import { findLabelCopies } from './gb45438-copies.js';
import { providerSignals } from './gb45438-provider.js';
import { securitySignals } from './gb45438-security.js';
import { TEXT_CARRIERS } from './texts.js';

/** Detects the label of GB 45438-2025 Annex E wherever an AIGC key occurs. Unsigned: anyone can write or remove it. */
export const gb45438ImplicitLabel = defineDetector({
  id: 'gb45438-implicit-label',
  needs: TEXT_CARRIERS,
  raises: [
    'gb45438.label.present',
    'gb45438.label.generated',
    'gb45438.label.possible',
    'gb45438.label.suspected',
    'gb45438.label.unrecognised',
    'gb45438.label.shell',
    'gb45438.element.label',
    'gb45438.element.contentProducer',
    'gb45438.element.produceId',
    'gb45438.element.contentPropagator',
    'gb45438.element.propagateId',
    'gb45438.element.absent',
    'gb45438.form.wrapped',
    'gb45438.form.bare',
    'gb45438.key.withoutAigc',
    'gb45438.value.notString',
    'gb45438.value.labelNotString',
    'gb45438.charset.outside',
    'gb45438.keys.duplicate',
    'gb45438.propagation.sameAsProduction',
    'gb45438.propagation.differs',
    'gb45438.copies.several',
    'gb45438.copies.disagree',
    'gb45438.provider.code',
    'gb45438.provider.codeMalformed',
    'gb45438.provider.listed',
    'gb45438.security.present',
    'gb45438.security.signatureHolds',
    'gb45438.security.signatureBroken',
    'gb45438.security.notCheckable',
  ],
  detect(evidence, asset, stopped) {
    const { copies, shells, unread, faults } = findLabelCopies(evidence, asset);
    for (const { carrier, fault } of faults) stopped?.(carrier, fault);
    return mergeSignals([
      ...shells.map(
        ({ text, location }): Signal => ({
          id: 'gb45438.label.shell',
          backing: 'unsigned',
          value: truncate(text, limits.shownValueCharacters),
          basis: [location],
        }),
      ),
      ...copies.flatMap((copy) => [
        ...labelSignals(copy),
        ...providerSignals(copy.label, copy.location),
        ...securitySignals(copy.label, copy.location, asset),
      ]),
      ...compareCopies(copies, unread),
    ]);
  },
});

/** Merges equal signals from several copies into one signal with several locators. */
function mergeSignals(signals: Signal[]): Signal[] {
  const byKey = new Map<string, Signal>();
  for (const one of signals) {
    const key = JSON.stringify([one.id, one.value, one.messages, one.facts]);
    const known = byKey.get(key);
    if (known) known.basis.push(...one.basis.filter((b) => !known.basis.includes(b)));
    else byKey.set(key, { ...one, basis: [...one.basis] });
  }
  return [...byKey.values()];
}
