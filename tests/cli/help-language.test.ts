import { EventEmitter } from 'node:events';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addCommands } from '../../src/cli/commands.js';
import { endInChinese, textInChinese } from '../../src/cli/help-zh.js';
import type { Io } from '../../src/cli/io.js';
import { commands, run } from '../../src/cli/run.js';

function spoken(env: Record<string, string>): { io: Io; said: () => string } {
  let said = '';
  const stream = {
    write: (text: string) => {
      said += text;
      return true;
    },
  };
  return { io: { stdout: stream, stderr: stream, env } as unknown as Io, said: () => said };
}

async function help(argv: string[], env: Record<string, string> = {}): Promise<string> {
  const { io, said } = spoken(env);
  expect(await run(argv, io)).toBe(0);
  return said();
}

function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

function endOf(command: Command): string {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  if (!(command instanceof EventEmitter)) throw new Error('nobody can ask it for its end');
  command.emit('afterHelp', { error: false, command, write });
  return text;
}

describe('help in Chinese', () => {
  const program = commands(spoken({}).io, () => {});
  addCommands(program, spoken({}).io, () => {});
  const every = all(program);

  it('has a word for each command, argument and option, and for what stands after them', () => {
    const texts = every.flatMap((command) => [
      command.description(),
      ...command.options.map(({ description }) => description),
      ...command.registeredArguments.map(({ description }) => description),
    ]);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => textInChinese(text) === undefined)).toEqual([]);
    const ends = every.map(endOf).filter((text) => text !== '');
    expect(ends.length).toBeGreaterThan(5);
    expect(ends.filter((text) => endInChinese(text) === undefined)).toEqual([]);
  });

  it.each([
    [['--help', '--lang', 'zh-Hans'], {}],
    [['--help', '--lang=zh'], { LANG: 'en_GB.UTF-8' }],
    [['--help'], { LANG: 'zh_CN.UTF-8' }],
    [['help'], { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }],
  ])('is shown for %j with %j', async (argv, env) => {
    const said = await help(argv, env);
    expect(said).toContain('用法：');
    expect(said).toContain('提供网页表单和 API');
    expect(said).toContain('退出码：0 完成');
  });

  it.each(every.slice(1).map((command) => [command.name(), command] as const))(
    'leaves no English of ours in that of %s',
    async (_name, command) => {
      const path: string[] = [];
      for (let one: Command | null = command; one?.parent; one = one.parent) path.unshift(one.name());
      const said = await help([...path, '--help'], { LANG: 'zh_CN.UTF-8' });
      // What is typed stays as it is; four plain words in a row are a sentence of ours.
      const lines = said.split('\n').filter((line) => !/^ {2}(assay|find|ASSAY_)/.test(line));
      expect(lines.filter((line) => /([a-z]{2,} ){3}[a-z]{2,}/.test(line))).toEqual([]);
      expect(said).toContain('用法：');
    },
  );

  it('stays English elsewhere', async () => {
    expect(await help(['--help'], { LANG: 'de_DE.UTF-8' })).toContain('Usage: assay');
    expect(await help(['scan', '--help', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).toContain('Options:');
  });
});
