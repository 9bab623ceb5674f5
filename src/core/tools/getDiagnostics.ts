import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import type { Diagnostic } from '../editor/languages.ts';
import { askLanguages } from './askLanguages.ts';
import { createFileLines, describeLocation } from './fileLines.ts';
import { firstResult, listPage } from './listPage.ts';
import { openFile } from './openFile.ts';
import { defineTool, type ToolResult } from './tool.ts';

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** The problems that the editor knows of a file or of the workspace. */
export const getDiagnostics = defineTool({
  name: 'get_diagnostics',
  description:
    'Lists the problems (errors, warnings) that language servers and linters report, of one file or of all that they have looked at, errors first. Use it to find out what is wrong, and again after an edit. Nothing is compiled or run.',
  input: v.object({
    path: v.optional(v.pipe(v.string(), v.description('Path of a file, relative to the workspace folder. All files with problems when left out.'))),
    severity: v.optional(v.pipe(v.picklist(severities), v.description('The mildest kind to list, "information" when left out.'))),
    first_result: firstResult,
  }),
  risk: 'read',
  needs: ['languages', 'documents'],
  summary: ({ path }) => (path === undefined ? say('Problems of the workspace') : say('Problems of {0}', path)),
  async run({ path, severity = 'information', first_result: first }, context) {
    const place = path === undefined ? undefined : await openFile('get_diagnostics', path, context);
    if (place !== undefined && 'status' in place) return place;
    return askLanguages('get_diagnostics', async (): Promise<ToolResult> => {
      const all = await context.languages.diagnostics(place?.written, context.signal);
      const wanted = inOrderOfSeverity(all.filter((diagnostic) => severities.indexOf(diagnostic.severity) <= severities.indexOf(severity)));
      const where = place?.display ?? 'the workspace';
      if (wanted.length === 0) return { status: 'done', text: `No problems are known of ${where}.${caution(place === undefined || context.languages.isOpen(place.written))}` };
      const look = createFileLines(context);
      const describe = async (diagnostic: Diagnostic): Promise<string> => {
        // The person has been asked for the file that was named; other files of its kind are named only.
        const isAllowed = place?.written === diagnostic.path || (await look(diagnostic.path)).open !== undefined;
        const at = await describeLocation(diagnostic, look);
        return isAllowed ? `${label(diagnostic)}: ${diagnostic.message}\n  ${at}` : `${diagnostic.severity} (not shown)\n  ${at}`;
      };
      return { status: 'done', text: await listPage({ label: `Problems of ${where}`, entries: wanted, first, describe, signal: context.signal }) };
    });
  },
});

function inOrderOfSeverity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (one, other) =>
      severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
      (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) ||
      one.range.start.line - other.range.start.line ||
      one.range.start.column - other.range.start.column,
  );
}

function label({ severity, source, code }: Diagnostic): string {
  return [severity, [source, code].filter((part) => part !== undefined).join(' ')].filter((part) => part !== '').join(' ');
}

function caution(isOpen: boolean): string {
  return isOpen ? '' : ' It is not open in an editor, and most language servers look for problems in open files only: that none are known does not mean that there are none.';
}
