import type { ContentCredentials, Report } from '../report.js';
import type { Words } from '../words/words.js';
import { bounded, type Line, type Run } from './runs.js';

/** One manifest or ingredient, oldest deepest. */
export interface TreeNode {
  line: Line;
  notes: Line[];
  children: TreeNode[];
}

type Manifest = NonNullable<ContentCredentials['manifests']>[number];
type Ingredient = Manifest['ingredients'][number];
type Action = Manifest['actions'][number];

const MOST_DEPTH = 12;
const MOST_NODES = 100;
const MOST_ACTIONS = 12;
const NAME_CHARACTERS = 200;

export function history({ contentCredentials }: Report, words: Words): TreeNode[] {
  const { manifests = [], activeManifest } = contentCredentials;
  const active =
    manifests.find(({ label }) => label === activeManifest) ?? manifests.find((one) => one.active);
  if (!active) return [];
  const tree = new Tree(manifests, words);
  const root = tree.node(active, [`${words.phrases.activeManifest}: `], 0);
  const apart = manifests.filter(({ depth }) => depth === undefined).length;
  return apart === 0 ? [root] : [root, { line: [words.phrases.unreachable(apart)], notes: [], children: [] }];
}

class Tree {
  readonly #byLabel: ReadonlyMap<string, Manifest>;
  readonly #words: Words;
  readonly #shown = new Set<string>();
  #nodes = 0;

  constructor(manifests: readonly Manifest[], words: Words) {
    this.#byLabel = new Map(manifests.map((manifest) => [manifest.label, manifest]));
    this.#words = words;
  }

  node(manifest: Manifest, before: Run[], depth: number): TreeNode {
    this.#nodes += 1;
    const { phrases, integrity } = this.#words;
    const name: Run = { file: manifest.title ?? manifest.label, most: NAME_CHARACTERS };
    // A store may lead back to a manifest above or hold one twice; each is told once.
    if (this.#shown.has(manifest.label))
      return { line: [...before, name, ` (${phrases.shownAbove})`], notes: [], children: [] };
    this.#shown.add(manifest.label);
    return {
      line: [...before, name, `: ${integrity[manifest.integrity]}`],
      notes: [...this.#makers(manifest), ...bounded(manifest.actions, MOST_ACTIONS, this.#words, actionLine)],
      children: this.#children(manifest, depth),
    };
  }

  #makers({ claimGenerator, signer }: Manifest): Line[] {
    const { phrases } = this.#words;
    return [
      ...(claimGenerator === undefined
        ? []
        : [[`${phrases.madeWith} `, { file: claimGenerator, most: NAME_CHARACTERS }]]),
      ...(signer === undefined ? [] : [[`${phrases.signedBy} `, { file: signer, most: NAME_CHARACTERS }]]),
    ];
  }

  #children(manifest: Manifest, depth: number): TreeNode[] {
    const children: TreeNode[] = [];
    for (const [index, ingredient] of manifest.ingredients.entries()) {
      if (depth + 1 >= MOST_DEPTH || this.#nodes >= MOST_NODES) {
        children.push({
          line: [this.#words.phrases.more(manifest.ingredients.length - index)],
          notes: [],
          children: [],
        });
        break;
      }
      children.push(this.#ingredient(ingredient, depth + 1));
    }
    return children;
  }

  #ingredient(ingredient: Ingredient, depth: number): TreeNode {
    const relationship: Run[] = [{ file: ingredient.relationship, most: 64 }, ' '];
    const manifest = ingredient.manifest === undefined ? undefined : this.#byLabel.get(ingredient.manifest);
    if (manifest) return this.node(manifest, relationship, depth);
    this.#nodes += 1;
    const name: Run[] = [ingredient.title, ingredient.format].flatMap((text) =>
      text === undefined ? [] : [{ file: text, most: NAME_CHARACTERS }, ' '],
    );
    return {
      line: [...relationship, ...name, `(${this.#words.phrases.noOwnCredentials})`],
      notes: [],
      children: [],
    };
  }
}

function actionLine({ action, digitalSourceType, softwareAgent, description }: Action): Line {
  const rest = [digitalSourceType, softwareAgent, description].flatMap((text): Run[] =>
    text === undefined ? [] : [' · ', { file: text, most: NAME_CHARACTERS }],
  );
  return [{ file: action, most: 64 }, ...rest];
}
