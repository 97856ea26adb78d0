import { AbstractTokenizer } from 'strtok3/core';

export type Peek = Parameters<AbstractTokenizer['peekBuffer']>[1];

/**
 * Base class of tokenizers with random access, used by the file-type and sound libraries. Subclasses implement only
 * `peekBuffer`.
 */
export abstract class RangeTokenizer extends AbstractTokenizer {
  async readBuffer(target: Uint8Array, options?: Peek): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options);
    const bytes = await this.peekBuffer(target, { position, length, mayBeLess: mayBeLess ?? false });
    this.position = position + bytes;
    return bytes;
  }

  supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.validateLength(position, 'position');
    this.position = position;
  }
}
