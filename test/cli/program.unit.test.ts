import { describe, expect, it } from 'vitest';
import { runProgram, type RegisterCommand } from '../../src/cli/program.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import { version } from '../../src/config/version.js';

const greet: RegisterCommand = (program, { stdout, config }) => {
  program
    .command('greet <name>')
    .description('Says hello.')
    .option('--fail', 'fails')
    .option('--crash', 'crashes')
    .action(async (name: string, { fail, crash }: { fail?: boolean; crash?: boolean }) => {
      if (fail) throw new ExpectedError('line 7: no such name');
      if (crash) throw new TypeError('undefined is not a name');
      stdout.write(`hello ${name} in ${config().timeZone}\n`);
    });
};

const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  const [out, err]: [string[], string[]] = [[], []];
  const stdout = { write: (text: string) => out.push(text) };
  const stderr = { write: (text: string) => err.push(text) };
  const code = await runProgram({ args, env, stdout, stderr }, [greet]);
  return { code, stdout: out.join(''), stderr: err.join('') };
};

describe('the command line', () => {
  it('runs a command with its settings', async () => {
    const result = await run(['greet', 'Zeeland'], { TIME_ZONE: 'UTC' });
    expect(result).toEqual({ code: 0, stdout: 'hello Zeeland in UTC\n', stderr: '' });
  });

  it('lists the commands and all settings in its help', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const word of ['greet', 'Says hello.', 'PORT', 'READ_DATABASE_URL']) expect(stdout).toContain(word);
  });

  it('prints the version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints what a command failed of, and only that', async () => {
    expect(await run(['greet', 'x', '--fail'])).toEqual({ code: 1, stdout: '', stderr: 'line 7: no such name\n' });
    expect(await run(['greet', 'x', '--crash'])).toEqual({ code: 1, stdout: '', stderr: 'undefined is not a name\n' });
  });

  it('prints the stack of an unexpected error to those who debug', async () => {
    expect((await run(['greet', 'x', '--crash'], { LOG_LEVEL: 'debug' })).stderr).toMatch(/not a name\n\s+at /);
    expect((await run(['greet', 'x', '--fail'], { LOG_LEVEL: 'debug' })).stderr).not.toMatch(/\n\s+at /);
  });

  it('prints all that is wrong with the settings', async () => {
    const { code, stderr } = await run(['greet', 'x'], { PORT: 'a', TIME_ZONE: 'b' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^PORT is "a".*\nTIME_ZONE is "b".*\n$/);
  });

  it.each([[[]], [['nothing']], [['--nothing']], [['greet']], [['greet', 'a', 'b']], [['greet', 'a', '--nothing']]])(
    'ends with 2 and says how it is used after %j',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/--help/);
    },
  );
});
