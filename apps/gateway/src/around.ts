/** One call of a method that answers with a promise. */
export interface Call {
  method: string;
  args: readonly unknown[];
  proceed: () => Promise<unknown>;
}

/** The same object with something around every one of its methods. */
export function around<T extends object>(target: T, wrap: (call: Call) => Promise<unknown>): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function' || typeof name === 'symbol' || name === 'constructor') return member;
      const method = member as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) =>
        wrap({ method: name, args, proceed: async () => method.apply(object, args) });
    },
  });
}

/** The same object with some of its methods replaced. */
export function overriding<T extends object>(target: T, replaced: Partial<T>): T {
  return new Proxy(target, {
    get: (object, name) => {
      if (Object.hasOwn(replaced, name)) return Reflect.get(replaced, name) as unknown;
      const member: unknown = Reflect.get(object, name);
      const isMethod = typeof member === 'function' && name !== 'constructor';
      return isMethod ? (member.bind(object) as unknown) : member;
    },
  });
}
