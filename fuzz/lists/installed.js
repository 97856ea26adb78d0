import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { loadTrustMaterial } = await import('../../src/core/trust/lists/material.ts');
const { loadConformingProducts } = await import('../../src/core/trust/lists/conforming-products.ts');
const { readTrustStatus: trustStatus } = await import('../../src/service/trust/status.ts');
const { translatorFor: speechOf } = await import('../../src/i18n/translator.ts');
const { installText, trustStatusText: statusText } = await import('../../src/cli/trust/trust-text.ts');

const NOW = new Date('2026-11-26T12:00:00Z');
/** Control characters that a terminal would act on, except the line feed, and characters that reorder or hide text. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
const NO_WORD = /\b(NaN|undefined|Infinity|null|\[object)\b/;

/** A trust folder with sound lists, and the invariants that must hold whatever was imported. */
export class Installed {
  #folder;
  #before;

  constructor(folder, lists) {
    this.#folder = folder;
    this.#before = lists;
    mkdirSync(folder);
    for (const [name, bytes] of Object.entries(lists)) writeFileSync(join(folder, name), bytes);
  }

  async wrongAfter(results, offered) {
    const findings = [];
    const find = (kind, detail) => findings.push({ kind, detail });
    const bytesOf = (name) => readFileSync(join(this.#folder, name));
    const outcomeOf = new Map(results.map(({ file, outcome }) => [file, outcome]));
    for (const [name, before] of Object.entries(this.#before)) {
      const outcome = outcomeOf.get(name);
      const wanted = outcome === 'installed' || outcome === 'unchanged' ? offered[name] : before;
      if (!bytesOf(name).equals(wanted)) find('another-list', `${name}: ${outcome}`);
      if (outcome === 'installed' && !bytesOf(`${name}.old`).equals(before)) find('old-one-lost', name);
    }
    for (const name of readdirSync(this.#folder))
      if (!(name.replace(/\.old$/, '') in this.#before) && name !== 'sources.json') find('left-over', name);
    // Accepted lists must be read without a fault by the function that inspections use.
    const { faults } = await loadTrustMaterial(this.#folder);
    for (const fault of faults) find('let-in-with-a-fault', `${fault.file}: ${fault.code}`);
    const products = await loadConformingProducts(this.#folder);
    if (products === undefined || 'fault' in products) find('products-with-a-fault', products?.fault.code);
    else products.products.match({ commonName: 'Camera 1', organisation: 'Test Organisation' });
    const status = await trustStatus(this.#folder, NOW);
    for (const text of [
      installText(this.#folder, results),
      statusText(status),
      statusText(status, speechOf('zh-Hans')),
    ]) {
      const unseen = UNSEEN.exec(text);
      if (unseen) find('unseen-in-text', `U+${unseen[0].codePointAt(0).toString(16)}`);
      const none = NO_WORD.exec(text);
      if (none) find('no-word', text.slice(Math.max(0, none.index - 80), none.index + 40));
    }
    return findings;
  }
}
