import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { licenceList } from './licences.ts';
import { lockedPackages, root } from './lock.ts';

/**
 * What is in it: `npm run sbom -- [folder]` writes bytechat.cdx.json, a CycloneDX list of every package that is shipped,
 * and licences.tsv, the licence of each. The same lock gives the same files.
 */
const folder = resolve(process.argv[2] ?? join(root, 'dist', 'supply-chain'));
const maker = join(root, 'node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');
const list = join(folder, 'bytechat.cdx.json');

mkdirSync(folder, { recursive: true });
const options = ['--omit', 'dev', '--output-reproducible', '--validate', '--output-format', 'JSON'];
execFileSync(process.execPath, [maker, ...options, '--output-file', list], { cwd: root, stdio: 'inherit' });
writeFileSync(join(folder, 'licences.tsv'), licenceList(lockedPackages()));
console.log(`Written to ${folder}`);
