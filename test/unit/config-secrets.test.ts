import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkConfig, printConfig } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function run(command: typeof checkConfig, text: string, env: Record<string, string> = {}) {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  writeFileSync(file, text);
  return command({ env: { SWITCHBOARD_CONFIG: file, ...env }, argv: [], vendors });
}

const secret = 'k3Fq9-hunter2-7dPzW';
const zim = (fields: string) => `auth: { secret: ${'x'.repeat(32)} }\napps:\n  zim-eu:\n    vendor: zim\n${fields}`;
/** How a file names a variable. */
const reference = (name: string) => ['$', '{', name, '}'].join('');

describe('what is wrong with a file is said without a value from it, with its line', () => {
  test.each<[string, string, number]>([
    ['a reference without quotes before a secret', `auth: { secret: ${reference('A:-b')} }\nx: ${secret}`, 1],
    ['a reference without quotes in a list', `auth:\n  secret: [${reference('A')}, ${secret}]`, 2],
    ['a secret that begins with an asterisk', `log: {}\nauth:\n  secret: *${secret}`, 1],
    ['a secret that begins with an exclamation mark', `auth:\n  secret: !${secret} x`, 2],
    ['a secret that begins with an at sign', `auth:\n  secret: "@"${secret}`, 2],
    ['a secret that begins with a backtick', `auth:\n  secret: \`${secret}`, 2],
    ['a secret with an unknown escape', `auth:\n  secret: "\\q${secret}"`, 2],
    ['a secret with a colon and a space', `auth:\n  secret: a: ${secret}`, 2],
    ['a secret without its closing quote', `auth:\n  secret: "${secret}`, 2],
    ['a directive', `%${secret}\n---\nauth: {}`, 1],
    ['a secret that is a key', `auth: {\n  secret, ${secret} }\napps: {}`, 2],
    ['a secret that is a key at the top', `${secret}:\n  a: 1`, 1],
    ['a secret that is the name of an app', `apps:\n  ${secret}_: { vendor: zim }`, 2],
    ['a secret that is a mapping’s key', `auth:\n  secret:\n    ${secret}: 1`, 2],
    ['a secret that is a key that is a mapping', `auth:\n  ? { ${secret}: 1 }\n  : 2`, 2],
    ['a secret that is a field of an app', zim(`    ${secret}: 1\n`), 5],
    ['a secret that is the name of a limit', zim(`    limits:\n      ${secret}: { windows: [] }\n`), 6],
    ['a secret that is the vendor', `apps:\n  zim-eu:\n    vendor: ${secret}`, 3],
    ['a secret that is a number’s place', zim(`    appId: ${secret}\n`), 5],
    ['a secret that is a choice', zim(`    region: ${secret}\n`), 5],
    ['a secret in place of a variable’s name', zim(`    serverSecret: "${reference(secret)}"\n`), 5],
    ['a secret in place of a variable’s name, without signs', zim(`    serverSecret: "${reference('hunter2')}"\n`), 5],
    [
      'a secret in place of a variable’s name under an unknown key',
      `${secret}:\n  "${secret}": "${reference('A')}"`,
      2,
    ],
    ['a secret after a dollar sign', zim(`    serverSecret: $ABC-${secret}\n`), 5],
    ['a secret in place of a URL', zim(`    baseUrls: ["https://x:${secret}@"]\n`), 5],
    ['a secret in place of a range', zim(`    callbacks: { token: aaaaaaaaaaaaaaaa, allowFrom: [${secret}] }\n`), 5],
    ['a path token with other characters', zim(`    callbacks: { token: "${secret}!" }\n`), 5],
    ['a secret in place of a rule’s name', zim(`    decisions: { rules: [{ name: "${secret}!", then: DROP }] }\n`), 5],
  ])('%s', (_title, text, line) => {
    const { text: said, exitCode } = run(checkConfig, text);
    expect(exitCode).toBe(1);
    expect(said).not.toContain('hunter2');
    expect(said).toMatch(new RegExp(`\\.yaml:${line}:|\\(line ${line}\\)`));
  });

  test('a secret in place of the path of a file with a secret', () => {
    const text = zim(`    serverSecret: "${reference('S')}"\n`);
    const { text: said } = run(checkConfig, text, { S_FILE: secret });
    expect(said).toContain('S_FILE: cannot be read (ENOENT)');
    expect(said).not.toContain('hunter2');
  });

  test('an argument that was not expected', () => {
    const { text, exitCode } = checkConfig({ env: {}, argv: [secret], vendors });
    expect(exitCode).toBe(1);
    expect(text).not.toContain('hunter2');
  });

  test('the first error of YAML ends it', () => {
    const { text } = run(checkConfig, `auth: { secret: ${reference('A')} }\napps: { a: ${reference('B')} }\nsever: [`);
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).toMatch(
      /\.yaml:1:18: is not valid YAML: found a reference to a variable .* expected double quotes around it/,
    );
  });
});

describe('--print-config', () => {
  test('prints no user, password, or value of a query of any URL', () => {
    const { text, exitCode } = run(
      printConfig,
      `auth: { jwksUrl: "https://ann:${secret}@keys.example/keys?key=${secret}", issuer: "https://i.example/?${secret}" }
apps:
  rc:
    vendor: rongcloud
    appKey: key
    appSecret: [${secret}, ${secret}2]
    region: cn
    baseUrls: ["http://bob:${secret}@127.0.0.1:1/x"]
    callbacks: { token: ${secret} }
    decisions: { rules: [{ name: review, ask: "https://r.example/m?a=1&token=${secret}#${secret}" }] }
`,
    );
    expect(exitCode).toBe(0);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('https://***@keys.example/keys?key=***');
    expect(text).toContain('https://i.example/?***');
    expect(text).toContain('http://***@127.0.0.1:1/x');
    expect(text).toContain('https://r.example/m?a=***&token=***#***');
  });

  test('prints neither the keys nor the headers of services that rules ask', () => {
    const { text, exitCode } = run(
      printConfig,
      `auth: { secret: "${'x'.repeat(32)}" }
apps:
  rc:
    vendor: rongcloud
    appKey: key
    appSecret: ${secret}
    region: cn
    decisions:
      rules:
        - name: review
          ask: "https://r.example/m"
          secret: "whsec_${Buffer.alloc(32, 7).toString('base64')}"
          headers: { authorization: "Bearer ${secret}" }
          onFailure: REFUSE
`,
    );
    expect(exitCode).toBe(0);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(Buffer.alloc(32, 7).toString('base64'));
    expect(text).toMatch(
      /ask: https:\/\/r\.example\/m\n\s+secret: "?\*{3}"?\n\s+headers: "?\*{3}"?\n\s+onFailure: REFUSE/,
    );
  });
});
