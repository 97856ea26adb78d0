import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TrustView } from '../../../src/inspect/sandbox/trust-snapshot.js';
import { temporaryDirectory } from '../../http/posting.js';

function folder(mode: number): string {
  const path = join(temporaryDirectory(), 'trust');
  mkdirSync(path);
  writeFileSync(join(path, 'a.pem'), 'one', { mode: 0o600 });
  mkdirSync(join(path, 'private'), { mode: 0o755 });
  writeFileSync(join(path, 'private/b.pem'), 'own', { mode: 0o644 });
  chmodSync(path, mode);
  return path;
}

const asRoot = process.getuid?.() === 0;

describe('the trust folder as a sandboxed process sees it', () => {
  it('is nowhere while there is none', () => {
    const view = new TrustView(join(temporaryDirectory(), 'missing'));
    expect([view.version(), view.visibleFolder()]).toEqual(['none', undefined]);
  });

  it('is what stands there where that is no folder', () => {
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, 'no folder', { mode: 0o600 });
    expect(new TrustView(path).visibleFolder()).toBe(path);
  });

  it('is the folder itself where everyone may read it', () => {
    const path = folder(0o755);
    chmodSync(join(path, 'a.pem'), 0o644);
    expect(new TrustView(path).visibleFolder()).toBe(path);
  });

  it('under root is a copy that everyone may read where only root could, and a new one when a list changes', () => {
    const path = folder(0o700);
    const view = new TrustView(path);
    const [before, first] = [view.version(), view.visibleFolder() ?? ''];
    // Processes of other users keep their user, and need no copy.
    if (!asRoot) {
      expect(first).toBe(path);
      return;
    }
    expect(first).not.toBe(path);
    expect(statSync(first).mode & 0o777).toBe(0o755);
    expect(statSync(join(first, 'a.pem')).mode & 0o777).toBe(0o644);
    expect(readFileSync(join(first, 'private/b.pem'), 'utf8')).toBe('own');
    expect(view.visibleFolder()).toBe(first);
    writeFileSync(join(path, 'a.pem'), 'another');
    expect(view.version()).not.toBe(before);
    const second = view.visibleFolder() ?? '';
    expect(readFileSync(join(second, 'a.pem'), 'utf8')).toBe('another');
    expect(existsSync(first)).toBe(false);
    view.remove();
    expect(existsSync(second)).toBe(false);
  });
});
