import { CLAIMS } from './claims.ts';

/** For docs/THREAT-MODEL.md: what turns the tests of each claim red. */
export function claimTable(): string {
  const numbers = [...new Set(CLAIMS.map(({ claim }) => claim))];
  const rows = numbers.map((number) => {
    const mutants = CLAIMS.filter(({ claim }) => claim === number).flatMap((claim) => claim.mutants);
    return `| ${number} | ${mutants.map(({ what, file }) => `${what} (\`${file}\`)`).join(' · ')} |`;
  });
  return ['| # | Red when |', '| --- | --- |', ...rows].join('\n');
}
