import { isObject, type JsonObject } from './json.ts';
import { malformed, notAllowed, type Refusal } from './refusal.ts';

/** What a service accepts in tools; every row comes from the `tools` section of its reference page or of docs/servers.md. */
export interface ToolRules {
  /** iFlow's upstream is upset by an empty list (docs/servers.md §1.3). */
  readonly emptyList: 'allowed' | 'refused';
  /** `checked` holds a strict tool to the rules of DeepSeek's /beta (docs/servers.md §2.1). */
  readonly strict: 'unknown' | 'allowed' | 'checked';
  readonly toolChoice: boolean;
}

const maximumTools = 128;
const toolName = /^[A-Za-z0-9_-]{1,64}$/;

function checkStrictSchema(schema: unknown, path: string): Refusal | undefined {
  if (!isObject(schema)) return undefined;
  if (schema['type'] === 'object') {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    if (schema['additionalProperties'] !== false) return notAllowed(`${path}: a strict tool needs additionalProperties: false`);
    const optional = Object.keys(properties).find((name) => !required.includes(name));
    if (optional !== undefined) return notAllowed(`${path}: a strict tool must require ${optional}`);
    for (const [name, property] of Object.entries(properties)) {
      const refusal = checkStrictSchema(property, `${path}.${name}`);
      if (refusal !== undefined) return refusal;
    }
  }
  return checkStrictSchema(schema['items'], `${path}[]`);
}

function checkTool(tool: unknown, label: string, rules: ToolRules): Refusal | undefined {
  if (!isObject(tool)) return malformed(`${label} must be an object`);
  const extra = Object.keys(tool).find((name) => name !== 'type' && name !== 'function');
  if (extra !== undefined) return notAllowed(`${label}.${extra} is not a field of a tool`);
  if (tool['type'] !== 'function') return malformed(`${label}.type must be function`);
  const definition = tool['function'];
  if (!isObject(definition)) return malformed(`${label}.function is required`);
  const allowed = ['name', 'description', 'parameters', ...(rules.strict === 'unknown' ? [] : ['strict'])];
  const unknown = Object.keys(definition).find((name) => !allowed.includes(name));
  if (unknown !== undefined) return notAllowed(`${label}.function.${unknown} is not a field of a function here`);
  const { name, description, parameters, strict } = definition;
  if (typeof name !== 'string') return malformed(`${label}.function.name is required`);
  if (!toolName.test(name)) return notAllowed(`${label}.function.name must match ${String(toolName)}`);
  if (description !== undefined && typeof description !== 'string') return malformed(`${label}.function.description must be a string`);
  if (strict !== undefined && strict !== null && typeof strict !== 'boolean') return malformed(`${label}.function.strict must be true or false`);
  if (parameters === undefined) return undefined;
  if (!isObject(parameters)) return malformed(`${label}.function.parameters must be a JSON Schema object`);
  // The iFlow page's own example sends an empty schema, so only a type that is given has to be object.
  if (Object.keys(parameters).length > 0 && parameters['type'] !== 'object') {
    return malformed(`${label}.function.parameters must describe an object`);
  }
  return strict === true && rules.strict === 'checked' ? checkStrictSchema(parameters, `${label}.function.parameters`) : undefined;
}

function checkToolChoice(choice: unknown, names: readonly string[]): Refusal | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (typeof choice === 'string') {
    if (!['none', 'auto', 'required'].includes(choice)) return notAllowed('tool_choice must be none, auto, required or a named function');
    return choice === 'required' && names.length === 0 ? malformed('tool_choice required needs tools') : undefined;
  }
  const named = isObject(choice) && choice['type'] === 'function' && isObject(choice['function']) ? choice['function']['name'] : undefined;
  if (typeof named !== 'string') return malformed('tool_choice must be none, auto, required or a named function');
  return names.includes(named) ? undefined : malformed(`tool_choice names ${named}, which is not among the tools`);
}

/** The first thing wrong with a request's tools and tool_choice, or undefined. */
export function checkTools(body: JsonObject, rules: ToolRules): Refusal | undefined {
  const tools = body['tools'] ?? undefined;
  const names: string[] = [];
  if (tools !== undefined) {
    if (!Array.isArray(tools)) return malformed('tools must be a list');
    if (tools.length === 0 && rules.emptyList === 'refused') return malformed('tools must not be empty; leave it out');
    if (tools.length > maximumTools) return notAllowed(`tools must have at most ${maximumTools} items, but it has ${tools.length}`);
    for (const [index, tool] of tools.entries()) {
      const refusal = checkTool(tool, `tools[${index}]`, rules);
      if (refusal !== undefined) return refusal;
      const name = (tool as { function: { name: string } }).function.name;
      if (names.includes(name)) return malformed(`tools[${index}].function.name ${name} is there twice`);
      names.push(name);
    }
  }
  return rules.toolChoice ? checkToolChoice(body['tool_choice'], names) : undefined;
}
