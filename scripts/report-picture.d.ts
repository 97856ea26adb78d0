export const PICTURED: string;
export function pictureText(head: { headline?: string; fourFacts: readonly { line: string }[] }): string;
