import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '@bytechat/config';
import { Participant } from '@bytechat/testing';
import { eventually } from '../containers/harness/eventually.ts';
import { read, root } from '../docs/markdown.ts';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { fencedCommands } from './fenced.ts';
import { wayOf, type Way } from './ways.ts';

const all = fencedCommands();
const by = (way: Way) =>
  all.filter(({ command }) => wayOf(command) === way).map((each) => [each.command] as const);
const isHere = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

test('Every command of every page is tried, or has a reason', () => {
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter(({ command }) => wayOf(command) === undefined)).toEqual([]);
});

describe('A command of npm', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  test.each(by('script'))('%s', (command) => {
    const [, long, short] = /npm (?:run ([\w:-]+)|(start|test))/.exec(command) ?? [];
    expect(Object.keys(scripts)).toContain(long ?? short);
  });
});

describe('Lines of an environment', () => {
  test.each(by('environment'))('%s', (line) => {
    const [name = '', ...value] = line.split('=');
    const reading = readConfig({ BYTECHAT_SECRET_KEY: 'x'.repeat(32), [name]: value.join('=') });
    expect(reading).toMatchObject({ ok: true, warnings: [] });
  });
});

const withCompose = isHere('docker', 'compose', 'version') ? describe : describe.skip;
withCompose('A command of Docker Compose, but for what it does with the services', () => {
  test.each(by('compose'))('%s', (command) => {
    const dry = command.replace(/ (?:up|down|run|build)\b.*$/, ' config --quiet');
    expect(dry).not.toBe(command);
    const { status, stderr } = spawnSync('bash', ['-c', dry], { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

const withKubectl = isHere('kubectl', 'version', '--client') ? describe : describe.skip;
withKubectl('A command of Kustomize, but for the cluster', () => {
  test.each(by('kustomize'))('%s', (command) => {
    const dry = command.replace('kubectl apply -k', 'kubectl kustomize');
    const { status, stdout } = spawnSync('bash', ['-c', dry], { cwd: root, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('kind: Deployment');
  });
});

describe('In this order, in one folder, people type', () => {
  let folder: string;
  let gateway: GatewayProcess;
  let ada: Participant;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bytechat-guide-'));
    const page = join(folder, 'apps/web/dist');
    cpSync(join(root, 'apps/web/dist'), page, { recursive: true });
    mkdirSync(join(folder, 'apps/cli'), { recursive: true });
    symlinkSync(join(root, 'apps/cli/dist'), join(folder, 'apps/cli/dist'));
    mkdirSync(join(folder, 'bin'));
    const shim = join(folder, 'bin/bytechat');
    writeFileSync(
      shim,
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'apps/cli/dist/bytechat.mjs')}" "$@"\n`,
    );
    chmodSync(shim, 0o755);
    gateway = await GatewayProcess.start({ BYTECHAT_WEB_ROOT: page });
    ada = new Participant({ endpoint: { url: gateway.origin } });
    const { code } = await ada.create({});
    await eventually(
      async () => ada.active,
      (isActive) => isActive,
    );
    writeFileSync(join(folder, 'room.link'), `${gateway.origin}/room#1.${code}\n`);
    writeFileSync(join(folder, 'build.log'), 'compiled\nlinked\n');
    writeFileSync(join(folder, 'gateway.env'), 'BYTECHAT_PORT=8080\n');
  });

  afterAll(async () => {
    await ada.client.leave();
    await gateway.kill();
    rmSync(folder, { recursive: true });
  });

  test.each(by('run'))('%s', async (command) => {
    const here = command
      .replace(/^\S+(?: \*){4} +/, '')
      .replaceAll('https://chat.example', gateway.origin)
      .replace(' || alert', '');
    const path = [join(folder, 'bin'), process.env['PATH']].join(delimiter);
    // Not in step with this process: Ada, who lives in it, has to let people in.
    const child = spawn('bash', ['-o', 'pipefail', '-c', here], { cwd: folder, env: { PATH: path } });
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    child.stdout.resume();
    const [status] = (await once(child, 'close')) as [number];
    const expected = command.startsWith('BYTECHAT_PORT=eighty') ? 78 : 0;
    expect({ status, said: said.join('') }).toMatchObject({ status: expected });
  });

  test('and what they have sent has arrived', async () => {
    await eventually(
      async () => ada.texts,
      (texts) => ['compiled', 'linked'].every((text) => texts.includes(text)),
    );
    expect(ada.texts).toEqual(['compiled', 'linked']);
  });
});
