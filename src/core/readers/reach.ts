import type { Container } from '../media/media-kinds.js';
import type { Walked } from '../media/read-types.js';

/**
 * Whether a reader looks into a container.
 *
 * - `read`: it does.
 * - `unreached`: its carrier may stand there, and this version does not look: said, never passed over.
 * - `none`: no standard and no widespread practice puts the carrier there.
 */
export type Reach = 'read' | 'unreached' | 'none';

/** One word for each structure that readers walk. Of other files nothing is read: `unread-types.ts` says what they may hold. */
export type Reaches = Readonly<Record<Walked, Reach>>;

type Named<S extends string> = S extends `${infer First} ${infer Rest}`
  ? First | Named<Rest>
  : S extends ''
    ? never
    : S;

/** `unknown` where every container is named, and once; else a property that nobody gives, and whose name says what is wrong. */
type Total<R extends string, U extends string, N extends string> = [
  Exclude<Walked, Named<R> | Named<U> | Named<N>>,
] extends [never]
  ? [Exclude<Named<R> | Named<U> | Named<N>, Walked>] extends [never]
    ? [(Named<R> & Named<U>) | (Named<R> & Named<N>) | (Named<U> & Named<N>)] extends [never]
      ? unknown
      : { namedTwice: (Named<R> & Named<U>) | (Named<R> & Named<N>) | (Named<U> & Named<N>) }
    : { notAContainer: Exclude<Named<R> | Named<U> | Named<N>, Walked> }
  : { leftOut: Exclude<Walked, Named<R> | Named<U> | Named<N>> };

/**
 * A reader's row of the table of readers and containers: names with spaces between, in up to three lists. A container that
 * stands in none of them, or in two, does not compile.
 */
export function reach<const R extends string, const U extends string = '', const N extends string = ''>(
  lists: { read: R; unreached?: U; none?: N } & Total<R, U, N>,
): Reaches {
  const { read, unreached = '', none = '' } = lists;
  const row = (names: string, one: Reach) =>
    names.split(' ').flatMap((name): [string, Reach][] => (name === '' ? [] : [[name, one]]));
  return Object.fromEntries([
    ...row(read, 'read'),
    ...row(unreached, 'unreached'),
    ...row(none, 'none'),
  ]) as Record<Walked, Reach>;
}

/** What a reader does in each container that it names as `read`: one that it names and does not walk does not compile. */
export type InEach<R extends string, W> = Readonly<Record<Named<R>, W>>;

/** What it does in this one. */
export function walkIn<W>(walks: Readonly<Partial<Record<Container, W>>>, container: Container): W {
  const walk = walks[container];
  if (walk === undefined) throw new Error(`no walk of ${container}`);
  return walk;
}

/** The containers of a reader that have this word in its row. */
export const reached = (reaches: Reaches, one: Reach): Walked[] =>
  (Object.keys(reaches) as Walked[]).filter((container) => reaches[container] === one);
