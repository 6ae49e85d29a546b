/**
 * What a value may look like: a plain type, `map` (any keys, strings as values), a list of one shape, or an object with
 * these keys and no others.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'number or string'
  | 'map'
  | readonly [Shape]
  | { readonly [key: string]: Shape };

/** Where `value` is not as `shape` has it: one line each, with its path. Empty when all is well. */
export function misfits(value: unknown, shape: Shape, path = ''): string[] {
  if (shape === 'map') return misfitsOfMap(value, path);
  if (typeof shape === 'string')
    return shape.split(' or ').includes(typeof value) ? [] : [`${path} is not a ${shape}`];
  if (isList(shape)) return misfitsOfList(value, shape[0], path);
  if (!isObject(value)) return [`${path} is not an object`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const wanted = shape[key];
    const at = `${path}.${key}`;
    return wanted === undefined ? [`${at} is no field we know`] : misfits(inner, wanted, at);
  });
}

function misfitsOfMap(value: unknown, path: string): string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const wrong = Object.entries(value).filter(([, inner]) => typeof inner !== 'string');
  return wrong.map(([key]) => `${path}.${key} is not a string`);
}

function misfitsOfList(value: unknown, shape: Shape, path: string): string[] {
  if (!Array.isArray(value)) return [`${path} is not a list`];
  return value.flatMap((item: unknown, index) => misfits(item, shape, `${path}[${index}]`));
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
