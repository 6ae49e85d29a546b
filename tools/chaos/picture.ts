import type { HistoryEvent } from '@bytechat/testing/history';
import type { Injection } from './injector.ts';
import type { FaultReport } from './report.ts';

/** One fault's run, as it is drawn. */
export interface Panel {
  report: FaultReport;
  events: readonly HistoryEvent[];
  injections: readonly Injection[];
}

const WIDTH = 1_000;
const LEFT = 90;
const RIGHT = 20;
const PANEL = 190;
const LANE = 42;
const BIN_MS = 250;
const COLOURS = { sent: '#3b6ea8', acknowledged: '#2e8b57', delivered: '#8a6fb0', fault: '#d9534f' };

/** Sends, acknowledgements, deliveries and faults over time: a panel a fault, as SVG. */
export function picture(panels: readonly Panel[]): string {
  const height = panels.length * PANEL + 30;
  const drawn = panels.map((panel, index) => drawPanel(panel, 20 + index * PANEL));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ report, events, injections }: Panel, top: number): string {
  const endMs = events.at(-1)?.tMono ?? 1;
  const x = (ms: number): number => LEFT + (ms / endMs) * (WIDTH - LEFT - RIGHT);
  const lanes = [
    { name: 'sent', type: 'send', colour: COLOURS.sent },
    { name: 'acknowledged', type: 'ok', colour: COLOURS.acknowledged },
    { name: 'delivered', type: 'deliver', colour: COLOURS.delivered },
  ] as const;
  const title = `${report.id} ${report.title}: ${report.acked} acknowledged, ${report.injected} faults, ${report.pass ? 'pass' : 'FAIL'}`;
  return [
    `<text x="${LEFT}" y="${top}" font-weight="bold">${escaped(title)}</text>`,
    ...injections.map((one) => drawInjection(one, x, top + 8)),
    ...lanes.map(({ name, type, colour }, lane) => {
      const times = events.filter((event) => event.type === type).map(({ tMono }) => tMono);
      return drawLane(times, { name, colour, x, base: top + 8 + (lane + 1) * LANE });
    }),
    drawAxis(endMs, x, top + 8 + 3 * LANE),
  ].join('\n');
}

/** One that is over at once is still to be seen. */
function drawInjection({ from, until }: Injection, x: (ms: number) => number, top: number): string {
  const width = Math.max(1.5, x(until) - x(from));
  return `<rect x="${fixed(x(from))}" y="${top}" width="${fixed(width)}" height="${3 * LANE}" fill="${COLOURS.fault}" opacity="0.18"/>`;
}

interface Lane {
  name: string;
  colour: string;
  x: (ms: number) => number;
  base: number;
}

function drawLane(times: readonly number[], { name, colour, x, base }: Lane): string {
  const bins = Map.groupBy(times, (ms) => Math.floor(ms / BIN_MS));
  const highest = Math.max(1, ...[...bins.values()].map(({ length }) => length));
  const bars = [...bins].map(([bin, { length }]) => {
    const height = (length / highest) * (LANE - 6);
    const left = x(bin * BIN_MS);
    return `<rect x="${fixed(left)}" y="${fixed(base - height)}" width="${fixed(x((bin + 1) * BIN_MS) - left)}" height="${fixed(height)}" fill="${colour}"/>`;
  });
  const label = `<text x="${LEFT - 6}" y="${base - 8}" text-anchor="end" fill="#333333">${name}</text>`;
  return [label, ...bars].join('');
}

function drawAxis(endMs: number, x: (ms: number) => number, y: number): string {
  const stepMs = Math.max(1, Math.ceil(endMs / 10_000)) * 1_000;
  const marks = Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, index) => index * stepMs);
  const line = `<line x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" stroke="#999999"/>`;
  const labels = marks.map(
    (ms) =>
      `<text x="${fixed(x(ms))}" y="${y + 14}" text-anchor="middle" fill="#666666">${ms / 1_000} s</text>`,
  );
  return [line, ...labels].join('');
}

const fixed = (value: number): string => value.toFixed(1);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
