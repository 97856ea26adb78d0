import { AbstractTokenizer } from 'strtok3/core';

export type Peek = Parameters<AbstractTokenizer['peekBuffer']>[1];

/** What the libraries read a file through where any place of it can be had at once: only how to look is left open. */
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
