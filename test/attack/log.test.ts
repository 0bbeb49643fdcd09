import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { makeLog } from '../../src/server/log.ts';
import { secret, startShell } from '../support/shell.ts';

function captured(level = 'info') {
  const lines: string[] = [];
  return { lines, log: makeLog(level, { write: (line: string) => void lines.push(line) }) };
}

describe('the log', () => {
  it.each([
    ['a newline', 'a\nb\r\nc'],
    ['ANSI', '\u001b[31mred\u001b[0m'],
    ['NUL', 'a\u0000b'],
    ['a quote', '","level":"fatal'],
    ['a lone surrogate', 'a\ud800b'],
  ])('44: writes %s as one JSON line', (_title, text) => {
    const { log, lines } = captured();
    log.info({ name: text, [text]: 1, err: new Error(text) }, text);
    expect(lines).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(lines[0]?.slice(0, -1)).not.toMatch(/[\u0000-\u001f]/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: text });
  });

  it('44: cuts what is long, deep or many', () => {
    const { log, lines } = captured();
    const long = 'x'.repeat(1024 * 1024);
    const deep = Array.from({ length: 1000 }).reduce<object>((inner) => ({ inner }), {});
    log.info({ long, list: Array.from({ length: 100_000 }, () => 'item'), deep, err: new Error(long) }, long);
    log.info(long);
    expect(lines[0]?.length).toBeLessThan(20_000);
    expect(lines[1]?.length).toBeLessThan(5000);
    expect(lines[0]).toContain('(1048576 characters)');
  });

  it('44: leaves out secrets by the names of their fields, at any depth and in errors', () => {
    const { log, lines } = captured();
    const fields = { authorization: 'hunter2', headers: { Cookie: 'hunter2' }, apps: [{ serverSecret: 'hunter2' }] };
    log.warn({
      ...fields,
      apiKey: 'hunter2',
      signature: 'hunter2',
      err: Object.assign(new Error('x'), { token: 'hunter2' }),
    });
    log.error(
      { err: new AppError('VENDOR_MISCONFIGURED', undefined, { cause: { password: 'hunter2', code: 7 } }) },
      'why',
    );
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines[1]).toContain('"code":7');
  });

  it('44: never has the variables, the token or the secret of a request', async () => {
    const { log, lines } = captured('trace');
    const shell = await startShell({ log });
    const token = await shell.token();
    for (const query of [
      'query ($text: String) { echo(text: $text) fail }',
      '{ broken',
      'query ($n: Int!) { slow(ms: $n) }',
    ]) {
      await fetch(`${shell.url}/graphql?api=hunter2`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': 'a\tb' },
        body: JSON.stringify({ query, variables: { text: 'hunter2', n: 'hunter2' } }),
      });
    }
    await shell.stop();
    expect(lines.length).toBeGreaterThan(2);
    for (const hidden of ['hunter2', token, secret]) expect(lines.join('')).not.toContain(hidden);
  });
});
