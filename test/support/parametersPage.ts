import { groupOf, rankOf } from '../../src/core/parameters/groups.ts';
import { containersOf, namesOf } from '../../src/core/parameters/table.ts';
import { rangeOf } from '../../src/core/parameters/checkParameters.ts';
import { providers } from '../../src/core/providers/providers.ts';
import type { ParameterSpec, ProviderSpec } from '../../src/core/providers/spec.ts';
import type { ParameterGroup } from '../../src/protocol/parameterSheet.ts';

const groupNames: { readonly [Group in ParameterGroup]: string } = { thinking: 'Thinking', sampling: 'Sampling', output: 'Output', tools: 'Tools', other: 'Other' };

const introduction = `# Parameters

Every parameter of the request that the reference pages of the three services document, or that the services were seen to
take, and where in Rivulet it is. Written by \`npm run readme\` from the records in \`src/core/providers\`; a test checks it.

Whatever stands under *Model settings* is set in the sheet of that name (the button with the two sliders in the panel's header,
or *Rivulet: Model Settings*) or in the setting \`rivulet.parameters\`, for a service or for one of its models, nested as in the
request:

\`\`\`json
"rivulet.parameters": {
  "deepseek": { "user_id": "my-team" },
  "deepseek/deepseek-v4-pro": { "thinking": { "type": "disabled" }, "temperature": 0.3, "response_format": { "type": "json_object" } }
}
\`\`\`

What is set for a model counts over what is set for its service, and both over what Rivulet sends of itself; \`null\` sends
nothing, so that the service decides. What is set for a service goes to those of its models that take it. A value that does not
fit is refused before anything is sent; one that cannot have an effect as things stand ("not while …") is left out, and the sheet
says why.
`;

/** The text of docs/parameters.md as the records have it now. */
export function parametersPage(): string {
  const names = [...new Set(providers.flatMap(namesOf))].toSorted((left, right) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1));
  const rows = names.map((name) => `| \`${name}\` | ${placeOf(name)} | ${providers.map((provider) => cellOf(provider, name)).join(' | ')} |`);
  const head = [`| parameter | where | ${providers.map(({ label }) => label).join(' | ')} |`, `|---|---|${providers.map(() => '---|').join('')}`];
  const sources = providers.map(({ label, pageUrl }) => `- ${label}: <${pageUrl ?? ''}>`);
  return [introduction, ...head, ...rows, '', 'Reference pages:', '', ...sources, ''].join('\n');
}

function placeOf(name: string): string {
  const rows = providers.flatMap(({ parameters }) => parameters.filter((row) => row.name === name));
  const managed = rows.find((row) => row.managed !== undefined)?.managed;
  if (managed === 'tools') return 'filled in from the tools that are offered';
  if (managed !== undefined) return managed === 'composer' ? 'the composer and the chat so far' : 'the model picker';
  return providers.some((provider) => containersOf(provider).has(name)) ? 'its parts' : `Model settings › ${groupNames[groupOf(name)]}`;
}

function cellOf(provider: ProviderSpec, name: string): string {
  const rows = provider.parameters.filter((row) => row.name === name);
  return rows.length === 0 ? '–' : rows.map((row) => describe(row, provider)).join('<br>');
}

function describe(row: ParameterSpec, provider: ProviderSpec): string {
  const parts = [
    row.type,
    boundsOf(row),
    row.default === undefined ? '' : `default ${JSON.stringify(row.default)}`,
    row.required === true ? 'required' : '',
    modelsOf(row, provider),
    ...(row.limits ?? []).map(({ when, allows }) => `${allows.length === 0 ? 'not' : `only ${allows.join(', ')}`} while \`${when.name}\` is ${when.is.map((value) => (value === null ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value))).join(', ')}`),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function modelsOf({ models, modelPattern }: ParameterSpec, provider: ProviderSpec): string {
  if (modelPattern !== undefined) return `only models named \`${modelPattern.replaceAll('|', '\\|')}\``;
  if (models === undefined) return '';
  const others = provider.models.filter(({ id }) => !models.includes(id)).map(({ id }) => `\`${id}\``);
  return models.length > others.length ? `not ${others.join(', ')}` : `only ${models.map((id) => `\`${id}\``).join(', ')}`;
}

function boundsOf(row: ParameterSpec): string {
  if (row.values !== undefined) return row.values.map((value) => `\`${value}\``).join(', ');
  return [rangeOf(row), row.longest === undefined ? '' : `at most ${row.longest}`].filter((part) => part !== '').join(', ');
}
