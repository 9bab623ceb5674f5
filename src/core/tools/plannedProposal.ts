import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { breathing } from '../breathe.ts';
import type { FileChange, Proposal } from '../edits/change.ts';
import { applyTextEdits } from '../editor/applyTextEdits.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import type { PlannedChange, TextEdit } from '../editor/plannedChange.ts';
import type { PathGuard, ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';

/** What one proposal may hold: more is for nobody to review. */
const most = { files: 2000, characters: 64 * 1024 * 1024 } as const;

/** Files that are read at the same time. */
const together = 16;

export interface PlanningOptions {
  readonly guard: PathGuard;
  readonly documents: Documents;
  readonly signal: AbortSignal;
}

/**
 * What a language server planned, as whole texts for the person to review: every path guarded for writing, every edit made
 * on the text as the editor has it now. A sentence for the model when it cannot be done, or not wholly: then nothing is
 * proposed. Others get their turn meanwhile, however many files it takes.
 */
export async function planProposal(planned: readonly PlannedChange[], { guard, documents, signal }: PlanningOptions): Promise<Proposal | string> {
  const sorted = sortChanges(planned);
  if (typeof sorted === 'string') return sorted;
  const breathe = breathing(signal);
  const left: { characters: number } = { characters: most.characters };
  const changes: FileChange[] = [];
  for (let start = 0; start < sorted.length; start += together) {
    const batch = await Promise.all(
      sorted.slice(start, start + together).map(async (step) => {
        await breathe();
        const change = await attempt(async () => changeOf(step, guard, documents));
        await breathe();
        return change;
      }),
    );
    for (const change of batch) {
      if (typeof change === 'string') return change;
      if (change === undefined) continue;
      if (change.kind === 'edit') left.characters -= change.before.length + change.after.length;
      if (left.characters < 0) return 'It would change more text than can be reviewed at once. Make the change in smaller steps.';
      changes.push(change);
    }
  }
  return { changes };
}

/** A step on one file, its text edits made before it is moved, or after it is made. */
type Step =
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  | (Extract<PlannedChange, { readonly kind: 'create' }> & { readonly edits: readonly TextEdit[] })
  | Extract<PlannedChange, { readonly kind: 'move' | 'delete' }>;

/** Edits first, by the paths that the files have now; or why it cannot be. */
function sortChanges(planned: readonly PlannedChange[]): readonly Step[] | string {
  const now = new Map(planned.flatMap((change) => (change.kind === 'move' ? [[change.to, change.path] as const] : [])));
  const edits = new Map<string, TextEdit[]>();
  const others: Step[] = [];
  for (const change of planned) {
    if (change.kind === 'unsupported') return change.reason;
    if (change.kind === 'move' || change.kind === 'delete') others.push(change);
    if (change.kind !== 'edit') continue;
    const path = now.get(change.path) ?? change.path;
    const known = edits.get(path) ?? [];
    edits.set(path, known);
    // Not spread into the call: a great many would be too many arguments.
    for (const edit of change.edits) known.push(edit);
  }
  const created = new Map(planned.flatMap((change) => (change.kind === 'create' ? [[change.path, { ...change, edits: edits.get(change.path) ?? [] }] as const] : [])));
  const edited = [...edits].filter(([path]) => !created.has(path)).map(([path, ofPath]) => ({ kind: 'edit', path, edits: ofPath }) as const);
  const all: Step[] = [...edited, ...created.values(), ...others];
  return all.length > most.files ? `It would change ${all.length} files, more than the ${most.files} that can be reviewed at once. Make the change in smaller steps.` : all;
}

function overlapping(display: string): string {
  return `The language server's edits of "${display}" do not fit the text as it is now. Try again; if that fails, make the change with edit_file.`;
}

/** The change; undefined when there is nothing to do; a sentence when it may not or cannot be. */
async function changeOf(step: Step, guard: PathGuard, documents: Documents): Promise<FileChange | undefined | string> {
  const place = await guard.resolve(step.path, 'write');
  if (place.class === 'denied') return `It would change "${showHidden(step.path)}", which is not possible: ${place.reason}.`;
  if (place.kind === 'directory') return `It would change the folder "${place.display}", and only files can be reviewed.`;
  if (place.isLink === true && (step.kind === 'move' || step.kind === 'delete')) return `It would ${step.kind} the link "${place.display}", and only files can be moved or deleted.`;
  switch (step.kind) {
    case 'edit':
      return editOf(place, documents, (before) => applyTextEdits(before, step.edits));
    case 'create':
      return create(step, place, documents);
    case 'move': {
      if (place.kind === 'missing') return `It would move "${place.display}", which is not there.`;
      const to = await guard.resolve(step.to, 'write');
      if (to.class === 'denied') return `It would move a file to "${showHidden(step.to)}", which is not possible: ${to.reason}.`;
      if (to.kind === 'missing') return { kind: 'move', place, to };
      return step.ifExists === 'keep' ? undefined : `It would move "${place.display}" to "${to.display}", where there is something already.`;
    }
    case 'delete': {
      if (place.kind === 'missing') return step.ifMissing === 'keep' ? undefined : `It would delete "${place.display}", which is not there.`;
      return { kind: 'delete', place, before: await textOf(place, documents) };
    }
  }
}

/** Servers make every file that they edit, if it is not there: then it is kept, and edited. */
async function create({ text, ifExists, edits }: Extract<Step, { readonly kind: 'create' }>, place: ResolvedPath, documents: Documents): Promise<FileChange | undefined | string> {
  const made = (before: string): string | undefined => applyTextEdits(ifExists === 'keep' ? before : text, edits);
  if (place.kind !== 'missing') return ifExists === 'fail' ? `It would make the file "${place.display}", which is there already.` : editOf(place, documents, made);
  const after = applyTextEdits(text, edits);
  return after === undefined ? overlapping(place.display) : { kind: 'create', place, after };
}

async function editOf(place: ResolvedPath, documents: Documents, edit: (before: string) => string | undefined): Promise<FileChange | undefined | string> {
  const { text: before, isReadOnly } = await documents.read(place);
  if (isReadOnly) return `It would change "${place.display}", which is read-only.`;
  const after = edit(before);
  if (after === undefined) return overlapping(place.display);
  return after === before ? undefined : { kind: 'edit', place, before, after };
}

/** Undefined for what is no text. */
async function textOf(place: ResolvedPath, documents: Documents): Promise<string | undefined> {
  try {
    return (await documents.read(place)).text;
  } catch (error) {
    if (error instanceof ApplyError) return undefined;
    throw error;
  }
}

async function attempt<Value>(action: () => Promise<Value>): Promise<Value | string> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof FileError || error instanceof ApplyError) return `A file that it would change cannot be read: ${error.message}`;
    throw error;
  }
}
