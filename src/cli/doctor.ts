import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Language } from '../say/languages.js';
import { wantsColor } from './color.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import { LANGUAGE_HELP, spoken } from './language.js';
import { parseLanguage } from './options.js';
import { Output } from './output.js';

export interface DoctorOptions {
  json?: boolean;
  selftest?: boolean;
  lang?: Language;
}

/** What looks around is loaded when it is run, and not by the other commands. */
export function addDoctorCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('which parts this machine has, and what is lost without the others')
    .option('--json', 'one JSON object on stdout')
    .option('--selftest', 'also put files whose answer is known through each engine')
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .addHelpText('after', HELP_END)
    .action(async (options: DoctorOptions) => finish(await doctor(options, io)));
}

export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const [{ diagnose }, { doctorText }] = await Promise.all([
    import('../doctor/diagnose.js'),
    import('./doctor-text.js'),
  ]);
  const config = readConfig(io.env);
  const diagnosis = await diagnose({
    trustDir: config.trustDir,
    dataDir: config.dataDir,
    uploadBytes: config.maxUploadBytes,
    databaseUrl: config.databaseUrl,
    secrets: config.secrets,
    sandbox: config.sandbox,
    path: io.env['PATH'],
    selfTest: options.selftest === true,
    now: new Date(),
  });
  const color = wantsColor('auto', io);
  await new Output(io.stdout).write(
    options.json
      ? `${JSON.stringify(diagnosis)}\n`
      : doctorText(diagnosis, {
          color,
          language: spoken(options.lang, io.env),
          ...(io.width && { width: io.width }),
        }),
  );
  return diagnosis.works ? EXIT.done : EXIT.notAllInspected;
}

const HELP_END = `
Exit codes: 0 Assay works here, whatever it has to do without; 2 usage or configuration;
3 something it needs or was told to use does not work, or a known file was answered wrongly.

Examples:
  assay doctor
  assay doctor --selftest --json`;
