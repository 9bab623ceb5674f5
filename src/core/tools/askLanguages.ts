import { LanguageError } from '../editor/languages.ts';
import { refuse, type ToolResult } from './tool.ts';

/** What the action answers; when a language server does not, the refusal that says so. */
export async function askLanguages(tool: string, action: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    const advice = error.reason === 'slow' ? 'It may still be starting: try once more later, or do without it, with search_text and read_file.' : 'Correct the call, or do without it.';
    return refuse(`${tool} has no answer: ${error.message} ${advice}`);
  }
}
