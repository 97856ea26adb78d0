/** A reading process that died, or stayed silent, before it was ready; the message is its own or its wrapper's last word. */
export class NotStarted extends Error {
  override name = 'NotStarted';
  constructor(
    message: string,
    /** It was still there, and had refused nothing: a machine with much to do looks like that. */
    readonly slow: boolean,
  ) {
    super(message);
  }
}
