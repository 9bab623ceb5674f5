import { say } from '../../src/protocol/localText.ts';
import type { FileReview, HunkView, PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem, Item, Turn, ViewState } from '../../src/protocol/viewState.ts';
import { stateWith, turnWith } from './states.ts';

const lineKinds = { ' ': 'same', '+': 'added', '-': 'removed' } as const;

/** A hunk of a unified diff: each line begins with a space, a plus or a minus. */
export function hunkWith(oldStart: number, newStart: number, diff: string, parts: Partial<HunkView> = {}): HunkView {
  const lines = diff.split('\n').map((line) => ({ kind: lineKinds[line[0] as keyof typeof lineKinds], text: line.slice(1) }));
  return { oldStart, newStart, lines, moreLines: 0, decision: 'open', ...parts };
}

/** An edit of a file. */
export function fileWith(path: string, hunks: readonly HunkView[], parts: Partial<FileReview> = {}): FileReview {
  const count = (kind: string): number => hunks.flatMap(({ lines }) => lines).filter((line) => line.kind === kind).length;
  return { change: 'edit', path, to: undefined, reasons: [], added: count('added'), removed: count('removed'), decision: 'open', hunks, moreHunks: 0, ...parts };
}

/** An open review, of the call `c1` where there is one. */
export function reviewWith(files: readonly FileReview[], parts: Partial<ReviewItem> = {}): ReviewItem {
  return { kind: 'review', id: 'v1', callId: 'c1', token: 'token-1', status: 'open', files, moreFiles: 0, note: undefined, ...parts };
}

/** An open permission, of the call `c1` where there is one. */
export function permissionWith(parts: Partial<PermissionItem> = {}): PermissionItem {
  return { kind: 'permission', id: 'p1', callId: 'c1', token: 'token-p', question: say('Let the model read {0}?', '.env'), reasons: [say('It may hold keys or passwords.')], status: 'open', ...parts };
}

const call: CallItem = { kind: 'call', id: 'c1', tool: 'edit_file', arguments: '{"path":"src/cart.ts"}', status: 'running', summary: say('Edit {0}', 'src/cart.ts'), result: undefined };

/** A chat in which the items are what the model's work waits for. */
export function askingWith(items: readonly Item[], parts: Partial<Turn> = {}): ViewState {
  return stateWith({
    activity: { kind: 'running', phase: 'tool', since: Date.now() - 12_000 },
    turns: [turnWith('t1', 'Rename total to sum and extract the loop.', items, { outcome: 'running', usage: undefined, ...parts })],
  });
}

/** A chat in which they have been answered. */
export function askedWith(items: readonly Item[], parts: Partial<Turn> = {}): ViewState {
  return stateWith({ turns: [turnWith('t1', 'Rename total to sum and extract the loop.', [...items, { kind: 'text', id: 'a1', text: 'Done.' }], parts)] });
}

const rename = hunkWith(
  9,
  9,
  ` export function priceOf(cart: Cart): number {
-  let total = 0;
-  for (const item of cart.items) total += item.price * item.count;
-  return total;
+  return sumOf(cart.items.map((item) => item.price * item.count));
 }`,
);
const extract = hunkWith(31, 29, ` }\n \n+/** Adds them up; 0 for none. */\n+function sumOf(amounts: readonly number[]): number {\n+  let sum = 0;\n+  for (const amount of amounts) sum += amount;\n+  return sum;\n+}\n+\n export type Cart = { readonly items: readonly Item[] };`);
const comment = hunkWith(120, 125, ` \t// Rounded to whole cents.\n-\tconst shown = total.toFixed(2);\n+\tconst shown = sum.toFixed(2);\n \treturn \`\${shown} \${currency}\`;`);

/** One file with three hunks. */
export const cart = fileWith('src/cart.ts', [rename, extract, comment]);

const secondCart = fileWith('packages/checkout/src/components/summary/OrderSummaryWithAVeryLongName.tsx', [comment]);

/** A hunk of so many added lines. */
export function longHunk(lines: number, parts: Partial<HunkView> = {}): HunkView {
  return hunkWith(1, 1, Array.from({ length: lines }, (_, index) => `+export const value${index + 1} = ${index + 1};`).join('\n'), parts);
}

const sensitive = say('The editor obeys this file: it can name programs to run.');

/** As large as a host ever makes one. */
export const hugeReview = reviewWith(
  Array.from({ length: 20 }, (_, index) => fileWith(`src/part${index}/module.ts`, Array.from({ length: 40 }, () => longHunk(200)))),
  { moreFiles: 980 },
);

/** States with changes and questions, by the name of their picture. */
export const reviewStates: Readonly<Record<string, ViewState>> = {
  'review-open': askingWith([call, reviewWith([cart])]),
  'review-one-hunk': askingWith([call, reviewWith([fileWith('src/cart.ts', [comment])])]),
  'review-files': askingWith([
    { ...call, tool: 'rename_symbol', arguments: '{}' },
    reviewWith([cart, secondCart, fileWith('docs/cart.md', [], { change: 'move', to: 'docs/checkout/cart.md' }), fileWith('src/old.ts', [hunkWith(1, 1, '-export {};')], { change: 'delete' }), fileWith('src/part.ts', [longHunk(30)])], { moreFiles: 12 }),
  ]),
  'review-create': askingWith([call, reviewWith([fileWith('src/values.ts', [longHunk(200, { moreLines: 120 })], { change: 'create', added: 320 })])]),
  'review-delete': askingWith([call, reviewWith([fileWith('assets/logo.png', [], { change: 'delete' })])]),
  'review-move': askingWith([call, reviewWith([fileWith('src/components/cart.ts', [], { change: 'move', to: 'src/checkout/components/cart.ts' })])]),
  'review-sensitive': askingWith([call, reviewWith([fileWith('.vscode/settings.json', [hunkWith(1, 1, ` {\n+  "php.validate.executablePath": "./run.sh",\n   "editor.tabSize": 2`)], { reasons: [sensitive] })])]),
  'review-hidden': askingWith([call, reviewWith([fileWith('src/a\u202Ecc.ts', [hunkWith(3, 3, `-if (role === 'admin') {\n+if (role === 'admin\u200B') { /*\u202E } \u2066if (isAdmin)\u2069 \u2066 begin admins only */\n+${' '.repeat(120)}steal();`)])])]),
  'review-partly': askingWith([call, reviewWith([{ ...cart, hunks: [{ ...rename, decision: 'accepted' }, { ...extract, decision: 'rejected' }, comment] }])]),
  'review-later': askedWith([{ ...call, status: 'done' }, reviewWith([cart], { status: 'later' })]),
  'review-applying': askingWith([call, reviewWith([{ ...cart, hunks: cart.hunks.map((hunk) => ({ ...hunk, decision: 'accepted' })) }], { status: 'applying' })]),
  'review-done': askedWith(
    [
      { ...call, status: 'done' },
      reviewWith([{ ...cart, hunks: [{ ...rename, decision: 'accepted' }, { ...extract, decision: 'rejected' }, { ...comment, decision: 'accepted' }] }], { status: 'done' }),
      { ...call, id: 'c2', status: 'done' },
      reviewWith([{ ...secondCart, hunks: [{ ...comment, decision: 'rejected' }] }], { status: 'done', id: 'v2', callId: 'c2' }),
      { ...call, id: 'c3', status: 'done' },
      reviewWith([secondCart], { status: 'unanswered', id: 'v3', callId: 'c3' }),
    ],
    { changes: { files: 3, state: 'kept' } },
  ),
  'review-failed': askedWith([{ ...call, status: 'done' }, reviewWith([cart], { status: 'failed', note: say('{0} has changed since, and the change does not fit it any more.', 'src/cart.ts') })], { changes: { files: 1, state: 'reverted' } }),
  'review-changed': askingWith([call, reviewWith([cart], { note: say('The file has changed since; look at it again.') })]),
  'permission-open': askingWith([{ ...call, tool: 'read_file', summary: say('Read {0}', '.env') }, permissionWith()]),
  'permission-answered': askedWith([permissionWith({ status: 'allowed' }), permissionWith({ id: 'p2', status: 'declined' }), permissionWith({ id: 'p3', status: 'unanswered' })]),
  'edits-allowed': { ...askedWith([{ ...call, status: 'done' }, reviewWith([{ ...cart, hunks: cart.hunks.map((hunk) => ({ ...hunk, decision: 'accepted' })) }], { status: 'done' })], { changes: { files: 1, state: 'kept' } }), edits: 'allowed' },
};
