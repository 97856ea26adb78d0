import type { Translator } from '../../../i18n/translator.js';
import { RELATIONSHIP_TERMS } from '../../c2pa/c2pa-terms.js';
import type { StoredReport } from '../../report/report.js';
import { findActiveManifest, type Manifest } from '../../standing/versions.js';
import { punctuationFor } from '../marks.js';
import { limitLines, type RunLine, type TextRun } from '../runs.js';
import { actionLine } from './action-line.js';
import { type Figure, type Figures, findIngredientFigure, findManifestFigure } from './figures.js';
import {
  activeIntegrityText,
  definedLines,
  generatorLine,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { isRedaction, redactionLines } from './redaction-lines.js';

/** Node of the history tree: a manifest or ingredient; the oldest is the deepest. */
export interface TreeNode {
  /** Number of this step, by which the list and the picture link to each other; absent if there is nothing to show. */
  at?: number;
  line: RunLine;
  notes: RunLine[];
  children: TreeNode[];
  /** Stored thumbnail of the step. */
  picture?: Figure;
  /** Short labels for the picture; absent if nothing is named. */
  short?: { name: string; relation?: string; state?: string };
  /** True if the parent node was made from this one; such nodes form the chain. */
  earlier?: boolean;
}

export interface History {
  /** Warning that no history may be read as a fact of this file. */
  caution?: string;
  nodes: TreeNode[];
}

type Ingredient = Manifest['ingredients'][number];

const MAX_DEPTH = 32;
const MAX_NODES = 100;
const MAX_ACTIONS = 12;
const MAX_FAULTS = 4;

export function buildHistory(report: StoredReport, translator: Translator, figures?: Figures): History {
  const active = findActiveManifest(report.contentCredentials);
  if (!active) return { nodes: [] };
  const { manifests = [], integrity } = report.contentCredentials;
  const tree = new Tree(report, manifests, translator, figures);
  const root = tree.node(
    active,
    [`${translator.text('page.phrase.activeManifest')}${punctuationFor(translator).colon}`],
    0,
  );
  const apart = manifests.filter(({ depth }) => depth === undefined).length;
  const rest: TreeNode[] =
    apart === 0 ? [] : [leaf([translator.text('page.phrase.unreachable', { count: apart })])];
  return {
    ...(integrity === 'altered' ? { caution: translator.text('page.credentials.unconfirmed') } : {}),
    nodes: [root, ...rest],
  };
}

class Tree {
  readonly #report: StoredReport;
  readonly #byLabel: ReadonlyMap<string, Manifest>;
  readonly #speech: Translator;
  readonly #manifests: readonly Manifest[];
  readonly #figures: Figures | undefined;
  readonly #shown = new Set<string>();
  #nodes = 0;

  constructor(
    report: StoredReport,
    manifests: readonly Manifest[],
    translator: Translator,
    figures: Figures | undefined,
  ) {
    this.#manifests = manifests;
    this.#figures = figures;
    this.#report = report;
    this.#byLabel = new Map(manifests.map((manifest) => [manifest.label, manifest]));
    this.#speech = translator;
  }

  node(manifest: Manifest, before: TextRun[], depth: number, given?: string, relation?: string): TreeNode {
    this.#nodes += 1;
    const at = this.#nodes;
    const marks = punctuationFor(this.#speech);
    // Newer claims have no title of their own, so the title given by the parent manifest is used.
    const title = manifest.title ?? given ?? manifest.label;
    const name: TextRun = { file: title, most: NAME_CHARACTERS };
    // A store may contain cycles or list a manifest twice; each manifest is described once.
    if (this.#shown.has(manifest.label))
      return leaf([
        ...before,
        name,
        `${marks.open}${this.#speech.text('page.phrase.shownAbove')}${marks.close}`,
      ]);
    this.#shown.add(manifest.label);
    const state = manifest.active
      ? activeIntegrityText(manifest.integrity, this.#report, this.#speech)
      : this.#speech.text(`page.ingredientState.${manifest.integrity}`);
    const picture = findManifestFigure(this.#figures, this.#manifests, manifest.label);
    return {
      at,
      ...(picture ? { picture } : {}),
      line: [...before, name, `${marks.colon}${state}`],
      notes: this.#notes(manifest),
      children: this.#children(manifest, depth),
      short: {
        name: title,
        relation: relation ?? this.#speech.text('page.phrase.activeManifest'),
        state: this.#speech.text(`page.state.${manifest.integrity}`),
      },
    };
  }

  #notes(manifest: Manifest): RunLine[] {
    const edits = manifest.actions.filter((action) => !isRedaction(action));
    return [
      ...this.#faults(manifest),
      ...definedLines(
        signerLine(manifest, this.#report, this.#speech),
        timeLine(manifest, this.#report, this.#speech),
        generatorLine(manifest, this.#speech),
        manifest.update ? [this.#speech.text('page.credentials.updateManifest')] : undefined,
      ),
      ...redactionLines(manifest, this.#speech),
      ...limitLines(edits, MAX_ACTIONS, this.#speech, (action) => actionLine(action, this.#speech)),
    ];
  }

  /** An ingredient's fault appears at the ingredient and never as a fault of this file. */
  #faults({ active, integrity, label }: Manifest): RunLine[] {
    if (active || integrity !== 'altered') return [];
    return limitLines(faultsOf(label, this.#report), MAX_FAULTS, this.#speech, (fault) => [
      `${this.#speech.text('page.credentials.fault')}${punctuationFor(this.#speech).colon}`,
      { file: fault, most: NAME_CHARACTERS },
    ]);
  }

  #children(manifest: Manifest, depth: number): TreeNode[] {
    const children: TreeNode[] = [];
    for (const [index, ingredient] of manifest.ingredients.entries()) {
      if (depth + 1 >= MAX_DEPTH || this.#nodes >= MAX_NODES) {
        children.push(
          leaf([this.#speech.text('page.phrase.more', { count: manifest.ingredients.length - index })]),
        );
        break;
      }
      const node = this.#ingredient(manifest, ingredient, depth + 1);
      children.push(ingredient.relationship === 'parentOf' ? { ...node, earlier: true } : node);
    }
    return children;
  }

  #ingredient(user: Manifest, ingredient: Ingredient, depth: number): TreeNode {
    const { relationship, manifest: label, title, format } = ingredient;
    const before = this.#relationship(relationship);
    const manifest = label === undefined ? undefined : this.#byLabel.get(label);
    const known = RELATIONSHIP_TERMS.find((one) => one === relationship);
    const relation = known === undefined ? relationship : this.#speech.text(`term.relationship.${known}`);
    if (manifest) return this.node(manifest, before, depth, title, relation);
    this.#nodes += 1;
    const at = this.#nodes;
    const name: TextRun[] = [title, format].flatMap((text) =>
      text === undefined ? [] : [{ file: text, most: NAME_CHARACTERS }, ' '],
    );
    const marks = punctuationFor(this.#speech);
    const missing =
      label === undefined
        ? this.#speech.text('page.phrase.noOwnCredentials')
        : this.#speech.text('page.credentials.missing');
    const short = { name: title ?? format ?? '…', relation, state: missing };
    const line = leaf([...before, ...name, `${marks.open.trimStart()}${missing}${marks.close}`]);
    const picture = findIngredientFigure(this.#figures, this.#manifests, user, ingredient);
    return { ...line, at, short, ...(picture ? { picture } : {}) };
  }

  #relationship(written: string): TextRun[] {
    const marks = punctuationFor(this.#speech);
    const known = RELATIONSHIP_TERMS.find((one) => one === written);
    return known === undefined
      ? [{ file: written, most: 64 }, ' ']
      : [
          `${this.#speech.text(`term.relationship.${known}`)}${marks.open}`,
          { code: known },
          `${marks.close} `,
        ];
  }
}

function leaf(line: RunLine): TreeNode {
  return { line, notes: [], children: [] };
}

/**
 * Returns the causes that decided; some were recorded only by the parent manifest and are in no list of codes. If no
 * signal names them, it returns the manifest's own failures, except trust and time, which are no faults of its bytes.
 */
function faultsOf(label: string, { signals, contentCredentials }: StoredReport): string[] {
  const causes = signals.flatMap(({ id, value, basis }) =>
    id === 'c2pa.ingredient.altered' &&
    value !== undefined &&
    basis.some(({ locator }) => hasLabel(locator, label))
      ? [value]
      : [],
  );
  if (causes.length > 0) return causes;
  return (contentCredentials.codes?.ingredients ?? [])
    .filter(({ kind, url }) => kind === 'failure' && hasLabel(url ?? '', label))
    .map(({ code }) => code)
    .filter((code) => !/^(signingCredential|timeStamp)\./.test(code));
}

/** Returns whether the label is one whole segment of the JUMBF URI. */
function hasLabel(uri: string, label: string): boolean {
  return uri === label || `${uri}/`.includes(`/${label}/`);
}
