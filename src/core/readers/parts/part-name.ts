/** What a file calls a part, without the folders before it; nothing where that is empty. */
export function partName(name: string): { name?: string } {
  const last =
    name
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\0[\s\S]*$/, '')
      .trim() ?? '';
  return last === '' ? {} : { name: last };
}
