/** What was asked of the window, newest last: the function's name and its arguments. */
export const calls: (readonly [string, ...unknown[]])[] = [];
/** What the person answers, by the function's name; the first answer is taken. Without one they dismiss. */
export const answers = new Map<string, unknown[]>();

/** Notes what was asked, and gives what the person answers. */
export function record(name: string, ...args: readonly unknown[]): unknown {
  calls.push([name, ...args]);
  return answers.get(name)?.shift();
}

/** Undefined now, anything later. */
export function nothing(): unknown {
  return undefined;
}

/** The names of what was asked, or the calls of one name. */
export function called(name: string): readonly (readonly unknown[])[] {
  return calls.flatMap(([own, ...args]) => (own === name ? [args] : []));
}

/** A part of the module that throws for whatever the fake does not have. */
export function strict<Value extends object>(name: string, value: Value): Value {
  return new Proxy(value, {
    get(target, member, receiver) {
      if (typeof member === 'symbol' || member in target) return Reflect.get(target, member, receiver) as unknown;
      throw new Error(`The fake has no vscode.${name}.${member}.`);
    },
  });
}
