import type { Tool, ToolResult } from '../../../src/core/tools/tool.ts';
import { memoryDocuments, type Given, type MemoryDocuments } from './memoryDocuments.ts';
import { memoryFiles } from './memoryFiles.ts';
import { scriptedPerson, type Answer, type ScriptedPerson } from './scriptedPerson.ts';
import { toolContext } from './toolContext.ts';

/** A workspace `/w` with these files, a person, and tools that work in it. */
export interface Workbench {
  readonly documents: MemoryDocuments;
  readonly person: ScriptedPerson;
  /** Runs a tool with arguments, given as an object or as the model's own text. */
  readonly call: (tool: Tool, input: object | string) => Promise<ToolResult>;
}

export interface WorkbenchOptions {
  readonly allows?: boolean;
  readonly answer?: Answer;
  /** What lies there besides: links, folders. */
  readonly entries?: Parameters<typeof memoryFiles>[0];
}

export function workbench(given: { readonly [path: string]: Given }, { entries = {}, ...options }: WorkbenchOptions = {}): Workbench {
  const documents = memoryDocuments(given);
  const person = scriptedPerson(documents, options);
  const onDisk = Object.entries(given).map(([path, file]) => [path, typeof file === 'string' ? file : 'text' in file ? file.text : '\0']);
  const context = toolContext({ files: memoryFiles({ '/w': { folder: true }, ...(Object.fromEntries(onDisk) as { readonly [path: string]: string }), ...entries }), documents, person });
  return {
    documents,
    person,
    async call(tool, input) {
      const checked = tool.check(typeof input === 'string' ? input : JSON.stringify(input));
      return 'run' in checked ? checked.run(context) : checked;
    },
  };
}
