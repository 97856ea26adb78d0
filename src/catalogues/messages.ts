// Made from the catalogues beside it by scripts/catalogues.js; not edited by hand.
/** Languages, each a file beside this one. */
export const LANGUAGES = ['en', 'zh-Hans'] as const;

type Nothing = Record<never, never>;

/** Every id, and what goes into its places. */
export interface Messages {
  'amount.bytes': { count: number };
  'amount.gigabytes': { count: string };
  'amount.kilobytes': { count: string };
  'amount.megabytes': { count: string };
  'amount.sizeAndBytes': { size: Said; exact: Said };
  'date.day': { day: string; month: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10' | '11' | '12'; year: string };
  'date.time': { day: Said; clock: string; zone: string };
  'language.direction': Nothing;
  'language.name': Nothing;
  'language.tag': Nothing;
  'list.and': { items: readonly Said[]; last: Said };
  'list.separator': Nothing;
  'sentence.separator': Nothing;
  'text.asWritten': { text: string };
}
export type MessageId = keyof Messages;

/** What is to be said, before it is said in any language. */
export interface Said {
  id: MessageId;
  params?: Params;
}

/** A text as it is written, a number, something said within something said, or a list. */
export type Param = string | number | Said | readonly (string | Said)[];
export type Params = Readonly<Record<string, Param>>;
