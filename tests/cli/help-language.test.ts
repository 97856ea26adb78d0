import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addCommands } from '../../src/cli/commands.js';
import { createProgram, run } from '../../src/cli/run.js';
import { LocalizedHelp } from '../../src/cli/shared/help.js';
import type { Io } from '../../src/cli/shared/io.js';
import { inEnglish } from '../i18n/english.js';
import { PSEUDO } from '../i18n/marked.js';

function spoken(env: Record<string, string>): { io: Io; messages: () => string } {
  let said = '';
  const stream = {
    write: (text: string) => {
      said += text;
      return true;
    },
  };
  return { io: { stdout: stream, stderr: stream, env } as unknown as Io, messages: () => said };
}

async function told(argv: string[], env: Record<string, string> = {}): Promise<[number, string]> {
  const { io, messages } = spoken(env);
  return [await run(argv, io), messages()];
}

async function help(argv: string[], env: Record<string, string> = {}): Promise<string> {
  const [code, said] = await told(argv, env);
  expect(code).toBe(0);
  return said;
}

function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

/** Text that the user types stays untranslated. */
const ours = (text: string): string[] =>
  text.split('\n').filter((line) => !/^ {2}(assay|find|source|ASSAY_)/.test(line));

const program = createProgram(spoken({}).io, () => {});
await addCommands(program, spoken({}).io, () => {});
const every = all(program);

describe('help', () => {
  it.each([
    [['--help', '--lang', 'zh-Hans'], {}],
    [['--help', '--lang=zh'], { LANG: 'en_GB.UTF-8' }],
    [['--help'], { LANG: 'zh_CN.UTF-8' }],
    [['help'], { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }],
  ])('is shown in Chinese for %j with %j', async (argv, env) => {
    const said = await help(argv, env);
    expect(said).toContain('用法：');
    expect(said).toContain('提供网页表单和 API');
    expect(said).toContain('退出码：0 完成');
  });

  it.each(every.map((command) => [command.name(), command] as const))(
    'of %s holds nothing of another language, and every word is of the catalogue',
    async (_name, command) => {
      const path: string[] = [];
      for (let one: Command | null = command; one?.parent; one = one.parent) path.unshift(one.name());
      const [chinese, english] = [
        await help([...path, '--help'], { LANG: 'zh_CN.UTF-8' }),
        await help([...path, '--help'], {}),
      ];
      expect(chinese).toContain('用法：');
      // Four plain words in a row count as an untranslated sentence.
      expect(ours(chinese).filter((line) => /([a-z]{2,} ){3}[a-z]{2,}/.test(line))).toEqual([]);
      expect(english).toContain('Usage: assay');
      expect(english).not.toMatch(/[\u4e00-\u9fff]/);
      const helper = new LocalizedHelp(PSEUDO);
      helper.helpWidth = 10_000;
      // Marks can be nested.
      const outside = helper
        .formatHelp(command, helper)
        .replace(/⟦[^⟦⟧]*⟧/g, '')
        .replace(/⟦[^⟦⟧]*⟧/g, '')
        .replace(/⟦[^⟦⟧]*⟧/g, '');
      expect(ours(outside).filter((line) => /^\S/.test(line))).toEqual([]);
      const means = [...command.options, ...command.registeredArguments].map((one) =>
        'flags' in one ? helper.optionDescription(one) : helper.argumentDescription(one),
      );
      expect(means.filter((text) => !text.startsWith('⟦'))).toEqual([]);
    },
  );

  it('stays English elsewhere', async () => {
    expect(await help(['--help'], { LANG: 'de_DE.UTF-8' })).toContain('Usage: assay');
    expect(await help(['scan', '--help', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).toContain('Options:');
  });
});

describe('a mistake on the command line', () => {
  it.each([
    [
      ['inspect', '--jsno', 'x'],
      'there is no option --jsno; did you mean --json?',
      '没有选项 --jsno；是否指 --json？',
    ],
    [['inspekt'], 'there is no command inspekt; did you mean inspect?', '没有命令 inspekt；是否指 inspect？'],
    [['zzz'], 'there is no command zzz', '没有命令 zzz'],
    [['inspect'], 'the argument <file> is missing', '缺少参数 <file>'],
    [['inspect', '--jobs'], 'the option --jobs <count> takes a value', '选项 --jobs <count> 需要一个值'],
    [
      ['rulebooks', 'diff', '--from', '2026-01-01'],
      'the option --to <date> must be given',
      '必须给出选项 --to <date>',
    ],
    [
      ['inspect', '--crjson', '--json', 'x'],
      '--crjson does not go with --json',
      '--crjson 不能与 --json 同用',
    ],
    [
      ['trust', 'status', 'x'],
      'no argument is taken here, and there are 1',
      '此处最多接受 0 个参数，实有 1 个',
    ],
    [
      ['inspect', '--jobs', 'many', 'x'],
      '--jobs <count>: “many” cannot be used. Give a whole number from 1 to 256.',
      '--jobs <count>：无法使用“many”。请给出 1 至 256 之间的整数。',
    ],
    [
      ['completion', 'cmd'],
      '<shell>: “cmd” cannot be used. Give one of bash, zsh, fish.',
      '<shell>：无法使用“cmd”。请给出以下之一：bash、zsh、fish。',
    ],
  ])('is told in both languages: %j', async (argv, english, chinese) => {
    expect(await told(argv)).toEqual([
      2,
      `assay: ${english}
${inEnglish('cli.help.hint')}
`,
    ]);
    expect(await told(argv, { LANG: 'zh_CN.UTF-8' })).toEqual([
      2,
      `assay：${chinese}\n（assay --help 列出全部命令）\n`,
    ]);
  });

  it('in the configuration is told so too', async () => {
    const env = { ASSAY_PORT: 'http' };
    expect(await told(['serve'], env)).toEqual([
      2,
      'assay: ASSAY_PORT must be a whole number from 0 to 65535.\n',
    ]);
    expect(await told(['serve'], { ...env, LANG: 'zh_CN.UTF-8' })).toEqual([
      2,
      'assay：ASSAY_PORT 须为 0 至 65535 之间的整数。\n',
    ]);
  });
});
