import type { Container } from '../media/media-kinds.js';
import type { WalkedContainer } from '../media/read-types.js';

/**
 * Whether a reader searches a container.
 *
 * - `read`: the reader searches it.
 * - `unreached`: the container may hold the carrier, but this version does not search it, which is reported.
 * - `none`: no standard and no widespread practice puts the carrier there.
 */
export type Reach = 'read' | 'unreached' | 'none';

/** Reach for each structure that readers walk. Other files are not read: `unread-types.ts` lists what they may hold. */
export type ContainerReach = Readonly<Record<WalkedContainer, Reach>>;

type Named<S extends string> = S extends `${infer First} ${infer Rest}`
  ? First | Named<Rest>
  : S extends ''
    ? never
    : S;

/**
 * Resolves to `unknown` if every container is listed exactly once; else to a required property whose name states the
 * mistake.
 */
type Exhaustive<R extends string, U extends string, N extends string> = [
  Exclude<WalkedContainer, Named<R> | Named<U> | Named<N>>,
] extends [never]
  ? [Exclude<Named<R> | Named<U> | Named<N>, WalkedContainer>] extends [never]
    ? [(Named<R> & Named<U>) | (Named<R> & Named<N>) | (Named<U> & Named<N>)] extends [never]
      ? unknown
      : { namedTwice: (Named<R> & Named<U>) | (Named<R> & Named<N>) | (Named<U> & Named<N>) }
    : { notAContainer: Exclude<Named<R> | Named<U> | Named<N>, WalkedContainer> }
  : { leftOut: Exclude<WalkedContainer, Named<R> | Named<U> | Named<N>> };

/**
 * Builds a reader's row of the table of readers and containers from up to three lists of names separated by spaces. A
 * container that is missing or listed twice is a compile error.
 */
export function defineReach<const R extends string, const U extends string = '', const N extends string = ''>(
  lists: { read: R; unreached?: U; none?: N } & Exhaustive<R, U, N>,
): ContainerReach {
  const { read, unreached = '', none = '' } = lists;
  const row = (names: string, one: Reach) =>
    names.split(' ').flatMap((name): [string, Reach][] => (name === '' ? [] : [[name, one]]));
  return Object.fromEntries([
    ...row(read, 'read'),
    ...row(unreached, 'unreached'),
    ...row(none, 'none'),
  ]) as Record<WalkedContainer, Reach>;
}

/** Walk of a reader for each container that it lists as `read`; a missing walk is a compile error. */
export type WalkPerContainer<R extends string, W> = Readonly<Record<Named<R>, W>>;

/** Returns the walk for this container. Throws if there is none. */
export function selectWalk<W>(walks: Readonly<Partial<Record<Container, W>>>, container: Container): W {
  const walk = walks[container];
  if (walk === undefined) throw new Error(`no walk of ${container}`);
  return walk;
}

/** Returns the containers for which a reader has this reach. */
export const containersWithReach = (reaches: ContainerReach, one: Reach): WalkedContainer[] =>
  (Object.keys(reaches) as WalkedContainer[]).filter((container) => reaches[container] === one);
