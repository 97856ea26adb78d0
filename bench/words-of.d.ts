export function wordsIn(text: string): number;
export function widthOf(text: string): number;
export function beginsWithPronoun(text: string): boolean;
export function hasOr(text: string): boolean;
export function median(numbers: readonly number[]): number;
