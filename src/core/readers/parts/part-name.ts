/** Returns the name of a part as declared in the file, without folders; nothing if it is empty. */
export function toPartName(name: string): { name?: string } {
  const last =
    name
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\0[\s\S]*$/, '')
      .trim() ?? '';
  return last === '' ? {} : { name: last };
}
