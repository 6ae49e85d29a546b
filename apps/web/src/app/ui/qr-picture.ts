/** Light modules around the code that readers need to find it. */
const QUIET_ZONE = 4;

/** A QR code as one path; one unit is one module, the quiet zone included in `size`. */
export interface QrPicture {
  readonly size: number;
  readonly path: string;
}

/** Draws a text as a QR code. The encoder comes in a chunk of its own, the first time one is wanted. */
export async function qrPicture(text: string): Promise<QrPicture> {
  const { encode } = await import('uqr');
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return { size, path: data.flatMap((row, y) => runsOf(row).map((run) => barOf(run, y))).join('') };
}

interface Run {
  from: number;
  length: number;
}

function runsOf(row: readonly boolean[]): Run[] {
  const runs: Run[] = [];
  row.forEach((dark, x) => {
    if (!dark) return;
    const last = runs.at(-1);
    if (last && last.from + last.length === x) last.length += 1;
    else runs.push({ from: x, length: 1 });
  });
  return runs;
}

const barOf = ({ from, length }: Run, y: number): string => `M${from} ${y}h${length}v1h-${length}z`;
