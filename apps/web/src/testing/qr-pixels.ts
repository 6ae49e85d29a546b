/** Pixels a module is drawn with. */
const SCALE = 4;

/** Rasterises the one path of a QR picture: bars of one module's height, written `M x y h w v1 h-w z`. */
export function pixelsOf({ size, path }: { size: number; path: string }) {
  const modules = new Set<string>();
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let step = 0; step < Number(width); step += 1) modules.add(`${Number(x) + step} ${Number(y)}`);
  const dark = (x: number, y: number) => modules.has(`${x} ${y}`);
  const side = size * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [Math.floor((at % side) / SCALE), Math.floor(Math.floor(at / side) / SCALE)];
    if (dark(x, y)) data.fill(0, at * 4, at * 4 + 3);
  }
  return { data, side, dark };
}
