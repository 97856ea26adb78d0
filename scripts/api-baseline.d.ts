export function linesOf(yaml: string): string[];
export function heldBy(yaml: string): string[];
export function broken(before: readonly string[], now: readonly string[], held?: readonly string[]): string[];
export function grown(before: readonly string[], now: readonly string[]): string[];
