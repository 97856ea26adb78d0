import type { Speech } from '../../say/speech.js';
import { RELATIONSHIPS } from '../c2pa/c2pa-terms.js';
import type { Report } from '../report/report.js';
import { actionLine } from './action-line.js';
import { type Figure, type Figures, figureOfIngredient, figureOfManifest } from './figures.js';
import {
  activeIntegrity,
  activeManifest,
  generatorLine,
  lines,
  type Manifest,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { marksOf } from './marks.js';
import { isRedaction, redactionLines } from './redaction-lines.js';
import { bounded, type Line, type Run } from './runs.js';

/** One manifest or ingredient, oldest deepest. */
export interface TreeNode {
  /** Of this step alone, so that one way to show it leads to another; left out where there is nothing to show. */
  at?: number;
  line: Line;
  notes: Line[];
  children: TreeNode[];
  /** What is kept of it to look at. */
  picture?: Figure;
  /** The same in a few speech, for the picture; left out where nothing is named. */
  short?: { name: string; relation?: string; state?: string };
  /** What the node above was made from: these make the chain. */
  earlier?: boolean;
}

export interface History {
  /** Why none of it may be read as a fact of this file. */
  caution?: string;
  nodes: TreeNode[];
}

type Ingredient = Manifest['ingredients'][number];

const MOST_DEPTH = 32;
const MOST_NODES = 100;
const MOST_ACTIONS = 12;
const MOST_FAULTS = 4;

export function history(report: Report, speech: Speech, figures?: Figures): History {
  const active = activeManifest(report);
  if (!active) return { nodes: [] };
  const { manifests = [], integrity } = report.contentCredentials;
  const tree = new Tree(report, manifests, speech, figures);
  const root = tree.node(
    active,
    [`${speech.words('page.phrase.activeManifest')}${marksOf(speech).colon}`],
    0,
  );
  const apart = manifests.filter(({ depth }) => depth === undefined).length;
  const rest: TreeNode[] =
    apart === 0 ? [] : [leaf([speech.words('page.phrase.unreachable', { count: apart })])];
  return {
    ...(integrity === 'altered' ? { caution: speech.words('page.credentials.unconfirmed') } : {}),
    nodes: [root, ...rest],
  };
}

class Tree {
  readonly #report: Report;
  readonly #byLabel: ReadonlyMap<string, Manifest>;
  readonly #speech: Speech;
  readonly #manifests: readonly Manifest[];
  readonly #figures: Figures | undefined;
  readonly #shown = new Set<string>();
  #nodes = 0;

  constructor(report: Report, manifests: readonly Manifest[], speech: Speech, figures: Figures | undefined) {
    this.#manifests = manifests;
    this.#figures = figures;
    this.#report = report;
    this.#byLabel = new Map(manifests.map((manifest) => [manifest.label, manifest]));
    this.#speech = speech;
  }

  node(manifest: Manifest, before: Run[], depth: number, given?: string, relation?: string): TreeNode {
    this.#nodes += 1;
    const at = this.#nodes;
    const marks = marksOf(this.#speech);
    // Newer claims have no title of their own: then the one that its user gave it.
    const title = manifest.title ?? given ?? manifest.label;
    const name: Run = { file: title, most: NAME_CHARACTERS };
    // A store may lead back to a manifest above or hold one twice; each is told once.
    if (this.#shown.has(manifest.label))
      return leaf([
        ...before,
        name,
        `${marks.open}${this.#speech.words('page.phrase.shownAbove')}${marks.close}`,
      ]);
    this.#shown.add(manifest.label);
    const state = manifest.active
      ? activeIntegrity(manifest.integrity, this.#report, this.#speech)
      : this.#speech.words(`page.ingredientState.${manifest.integrity}`);
    const picture = figureOfManifest(this.#figures, this.#manifests, manifest.label);
    return {
      at,
      ...(picture ? { picture } : {}),
      line: [...before, name, `${marks.colon}${state}`],
      notes: this.#notes(manifest),
      children: this.#children(manifest, depth),
      short: {
        name: title,
        relation: relation ?? this.#speech.words('page.phrase.activeManifest'),
        state: this.#speech.words(`page.state.${manifest.integrity}`),
      },
    };
  }

  #notes(manifest: Manifest): Line[] {
    const signer = manifest.active ? this.#report.contentCredentials.signer : undefined;
    const edits = manifest.actions.filter((action) => !isRedaction(action));
    return [
      ...this.#faults(manifest),
      ...lines(
        signerLine(signer ?? signerOf(manifest), manifest.integrity === 'intact', this.#speech),
        timeLine(manifest, this.#report, this.#speech),
        generatorLine(manifest, this.#speech),
        manifest.update ? [this.#speech.words('page.credentials.updateManifest')] : undefined,
      ),
      ...redactionLines(manifest, this.#speech),
      ...bounded(edits, MOST_ACTIONS, this.#speech, (action) => actionLine(action, this.#speech)),
    ];
  }

  /** An ingredient's fault stands at the ingredient, and never as one of this file. */
  #faults({ active, integrity, label }: Manifest): Line[] {
    if (active || integrity !== 'altered') return [];
    return bounded(faultsOf(label, this.#report), MOST_FAULTS, this.#speech, (fault) => [
      `${this.#speech.words('page.credentials.fault')}${marksOf(this.#speech).colon}`,
      { file: fault, most: NAME_CHARACTERS },
    ]);
  }

  #children(manifest: Manifest, depth: number): TreeNode[] {
    const children: TreeNode[] = [];
    for (const [index, ingredient] of manifest.ingredients.entries()) {
      if (depth + 1 >= MOST_DEPTH || this.#nodes >= MOST_NODES) {
        children.push(
          leaf([this.#speech.words('page.phrase.more', { count: manifest.ingredients.length - index })]),
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
    const known = RELATIONSHIPS.find((one) => one === relationship);
    const relation = known === undefined ? relationship : this.#speech.words(`term.relationship.${known}`);
    if (manifest) return this.node(manifest, before, depth, title, relation);
    this.#nodes += 1;
    const at = this.#nodes;
    const name: Run[] = [title, format].flatMap((text) =>
      text === undefined ? [] : [{ file: text, most: NAME_CHARACTERS }, ' '],
    );
    const marks = marksOf(this.#speech);
    const missing =
      label === undefined
        ? this.#speech.words('page.phrase.noOwnCredentials')
        : this.#speech.words('page.credentials.missing');
    const short = { name: title ?? format ?? '…', relation, state: missing };
    const line = leaf([...before, ...name, `${marks.open.trimStart()}${missing}${marks.close}`]);
    const picture = figureOfIngredient(this.#figures, this.#manifests, user, ingredient);
    return { ...line, at, short, ...(picture ? { picture } : {}) };
  }

  #relationship(written: string): Run[] {
    const marks = marksOf(this.#speech);
    const known = RELATIONSHIPS.find((one) => one === written);
    return known === undefined
      ? [{ file: written, most: 64 }, ' ']
      : [
          `${this.#speech.words(`term.relationship.${known}`)}${marks.open}`,
          { code: known },
          `${marks.close} `,
        ];
  }
}

function leaf(line: Line): TreeNode {
  return { line, notes: [], children: [] };
}

function signerOf({ signer, trust }: Manifest) {
  return {
    ...(signer === undefined ? {} : { name: signer }),
    ...(trust === undefined ? {} : { trust }),
  };
}

/**
 * The causes that decided; some of them only the ingredient's user recorded, and those are in no list of codes.
 * Where no signal names them, the failures of its own: trust and time are no faults of its bytes.
 */
function faultsOf(label: string, { signals, contentCredentials }: Report): string[] {
  const causes = signals.flatMap(({ id, value, basis }) =>
    id === 'c2pa.ingredient.altered' && value !== undefined && basis.some(({ place }) => isOf(place, label))
      ? [value]
      : [],
  );
  if (causes.length > 0) return causes;
  return (contentCredentials.codes?.ingredients ?? [])
    .filter(({ kind, url }) => kind === 'failure' && isOf(url ?? '', label))
    .map(({ code }) => code)
    .filter((code) => !/^(signingCredential|timeStamp)\./.test(code));
}

/** The label is one whole step of the JUMBF URI. */
function isOf(uri: string, label: string): boolean {
  return uri === label || `${uri}/`.includes(`/${label}/`);
}
