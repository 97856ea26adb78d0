import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { finished, lines } from '../cli/spawn-assay.js';
import { ASSAY } from './program.js';
import { describeWith } from './system-parts.js';

/**
 * Reads everything in an isolated network namespace without a route, in which the kernel counts every connection
 * attempt.
 */

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(json|md|js|ts|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Returns the attempts without a route, the connections and the datagrams since that namespace was created. */
function tries(counters: string): number {
  const value = (table: string, name: string) => {
    const [names = '', values = ''] = counters.split('\n').filter((line) => line.startsWith(`${table}: `));
    return Number(values.split(' ')[names.split(' ').indexOf(name)]);
  };
  const six = (name: string) => Number(new RegExp(`^${name}\\s+(\\d+)$`, 'm').exec(counters)?.[1]);
  return (
    value('Ip', 'OutNoRoutes') +
    value('Tcp', 'ActiveOpens') +
    value('Udp', 'OutDatagrams') +
    six('Ip6OutNoRoutes') +
    six('Udp6OutDatagrams')
  );
}

/** Files to read with and without a network, and further options of `assay inspect`. */
interface Choice {
  words: string;
  more: string[];
  files: () => string[];
}

export function describeWithoutNetwork(choices: readonly Choice[]): void {
  describeWith('bwrap', 'without a network', (bwrap) => {
    const env = { PATH: process.env['PATH'] ?? '', ASSAY_SANDBOX: 'off' };
    const alone = async (command: string) => {
      const shown = ['--dev-bind', '/', '/', '--proc', '/proc', '--unshare-net', '--die-with-parent', '--'];
      const ran = await finished(
        spawn(bwrap, [...shown, 'sh', '-c', `${command}; cat /proc/net/snmp /proc/net/snmp6 >&2`], { env }),
      );
      return { ...ran, tries: tries(ran.stderr) };
    };

    /** Returns the reports of these files with a network and without one, after checking that nothing tried to connect. */
    const both = async (files: string[], more: string[]) => {
      const args = [ASSAY, 'inspect', '--json', '--as-of', '2026-11-01', ...more, '--'];
      const list = join(import.meta.dirname, '..');
      const withNetwork = await finished(spawn(process.execPath, [...args, ...files], { env, cwd: list }));
      const quoted = [process.execPath, ...args, ...files].map((one) => `'${one.replaceAll("'", "'\\''")}'`);
      const without = await alone(quoted.join(' '));
      expect(without.tries).toBe(0);
      const [mine, theirs] = [lines(without.stdout), lines(withNetwork.stdout)];
      expect(mine).toHaveLength(files.length);
      return files.map((path, at) => ({ path, mine: mine[at], theirs: theirs[at] }));
    };

    it('the kernel counts each try, of whatever kind', async () => {
      expect((await alone('true')).tries).toBe(0);
      for (const code of [
        'fetch("http://192.0.2.1/").catch(() => {})',
        'require("node:dns").lookup("canary.invalid", () => {})',
        'require("node:dgram").createSocket("udp4").send("a", 53, "192.0.2.1", () => process.exit())',
      ]) {
        expect((await alone(`'${process.execPath}' -e '${code}'`)).tries, code).toBeGreaterThan(0);
      }
    });

    it.each(choices.map(({ words, more, files }) => [words, more, files] as const))(
      'every file has the report that it has with one, and nothing tried to leave: %s',
      async (_words, more, chosen) => {
        const files = chosen();
        expect(files.length).toBeGreaterThan(20);
        // On a busy machine a file may exceed its time limit in one of the two, so it is read again alone.
        const others = (await both(files, more)).filter(
          ({ mine, theirs }) => !isDeepStrictEqual(mine, theirs),
        );
        for (const { path } of others) {
          await expect
            .poll(
              async () =>
                (await both([path], more)).map(({ mine, theirs }) => isDeepStrictEqual(mine, theirs)),
              { message: path },
            )
            .toEqual([true]);
        }
      },
      900_000,
    );
  });
}
