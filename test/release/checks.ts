import { builtinModules } from 'node:module';
import type { Contents } from './archive.ts';
import type { BundledPackage } from './bundled.ts';
import { unusedAssets } from './assets.ts';
import { galleryFaults } from './gallery.ts';
import { noticesFile } from './notices.ts';
import { secretsIn } from './secrets.ts';

/** What is looked at before a release: the package, and what it was made of. */
export interface Release {
  readonly bytes: number;
  readonly mostBytes: number;
  readonly contents: Contents;
  /** The files that may be inside, all of which have to be. */
  readonly allowed: readonly RegExp[];
  /** The files that the bundles were made of. */
  readonly sources: readonly string[];
  readonly packages: readonly BundledPackage[];
  /** The version of @types/vscode that the code is compiled against. */
  readonly typings: string;
  /** The hosts that our own sources name. */
  readonly hosts: ReadonlySet<string>;
  /** Paths of this machine, which nothing inside may name. */
  readonly machine: readonly string[];
}

/** What a check found: a figure for the table, and, where it refuses, why. */
export interface Verdict {
  readonly figure: string;
  readonly faults: readonly string[];
}

export type Check = (release: Release) => Verdict;

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: { readonly vscode?: string };
  readonly l10n?: string;
}

const licences: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Unlicense'];

/** Code from text that is known: FAST's way to the global object where there is no globalThis. It is never run, and the page's content policy forbids it. */
const toleratedCode: readonly RegExp[] = [/^extension\/dist\/webview\/page\.js has .*try\{return new Function\("return this"\)\(\)\}catch/];

function verdict(figure: string, faults: readonly string[]): Verdict {
  return { figure, faults };
}

function manifestOf({ contents }: Release): Manifest {
  return JSON.parse(textOf(contents, 'extension/package.json') || '{}') as Manifest;
}

function textOf(contents: Contents, name: string): string {
  return contents.get(name)?.toString('utf8') ?? '';
}

/** The scripts and style sheets inside, with their text. */
function codeOf({ contents }: Release): readonly (readonly [string, string])[] {
  return [...contents].filter(([name]) => /\.(c|m)?js$|\.css$/.test(name)).map(([name, content]) => [name, content.toString('utf8')]);
}

function placesOf(release: Release, pattern: RegExp, what: string): readonly string[] {
  return codeOf(release).flatMap(([name, text]) => [...text.matchAll(pattern)].map(({ index }) => `${name} has ${what} at ${index}: ${text.slice(Math.max(0, index - 30), index + 40)}`));
}

/** Every check of a package, by what it is about. Each can say no, which the unit tests show. */
export const checks: Readonly<Record<string, Check>> = {
  'Size': ({ bytes, mostBytes }) => verdict(`${bytes} of at most ${mostBytes} bytes`, bytes > mostBytes ? [`The package has ${bytes} bytes, more than ${mostBytes}.`] : []),

  'Files': ({ contents, allowed }) => {
    const names = [...contents.keys()];
    const unexpected = names.filter((name) => !allowed.some((pattern) => pattern.test(name)));
    const missing = allowed.filter((pattern) => !names.some((name) => pattern.test(name)));
    return verdict(`${names.length}, all on the list`, [...unexpected.map((name) => `${name} is not on the list of files that may be packed.`), ...missing.map((pattern) => `${pattern.source} is missing from the package.`)]);
  },

  'Used': ({ contents }) => verdict('every file is referred to', unusedAssets(contents).map((name) => `${name} is referred to by nothing in the package.`)),

  'Gallery': ({ contents }) => verdict('icon, banner, keywords, readme and changelog', galleryFaults(contents)),

  'Run time': (release) => {
    const declared = Object.keys(manifestOf(release).dependencies ?? {}).map((name) => `The manifest depends on ${name} at run time.`);
    const hooks = Object.keys(manifestOf(release).scripts ?? {}).filter((name) => /^(pre|post)?install$|^prepare$|^vscode:(?!prepublish$)/.test(name)).map((name) => `The script ${name} would be run on somebody's machine.`);
    const packed = [...release.contents.keys()].filter((name) => name.includes('node_modules/')).map((name) => `${name} is of a package that was not bundled.`);
    const needed = codeOf(release).flatMap(([name, text]) => [...text.matchAll(/\brequire\("([^"]+)"\)/g)].flatMap(([, wanted = '']) => (mayRequire(wanted) ? [] : [`${name} requires ${wanted}, which is not inside.`])));
    return verdict('no dependency', [...declared, ...hooks, ...packed, ...needed]);
  },

  'Source maps': (release) => {
    const files = [...release.contents.keys()].filter((name) => name.endsWith('.map')).map((name) => `${name} is a source map.`);
    return verdict('none', [...files, ...placesOf(release, /[#@]\s*sourceMappingURL\s*=/g, 'the name of a source map')]);
  },

  'Tests': ({ contents, sources }) => {
    const named = [...contents.keys()].filter((name) => /\b(tests?|specs?|fixtures?|simulators?|mocks?)\b/i.test(name)).map((name) => `${name} is named like a part of the tests.`);
    const foreign = sources.filter((name) => !/^(src|webview|node_modules)\//.test(name)).map((name) => `${name} is in a bundle and belongs to neither the extension nor a package.`);
    // The simulator ends every answer with these words.
    const simulator = [...contents].filter(([name, content]) => !name.endsWith('.md') && /local simulator, a development and test tool|本地模拟器（开发与测试工具）/.test(content.toString('utf8'))).map(([name]) => `${name} has words of the simulator.`);
    return verdict(`none; bundles of ${sources.length} files`, [...named, ...foreign, ...simulator]);
  },

  'Secrets': ({ contents, machine }) => verdict('none', [...contents].flatMap(([name, content]) => secretsIn(content.toString('latin1'), machine).map((what) => `${name} has ${what}.`))),

  'Code from text': (release) => {
    const places = [
      ...placesOf(release, /(?<![\w$.])eval\s*\(/g, 'eval'),
      ...placesOf(release, /(?<![\w$.])(?:new\s+)?Function\s*\(/g, 'the Function constructor'),
      ...placesOf(release, /\bset(?:Timeout|Interval)\s*\(\s*["'`]/g, 'a timer with code as text'),
    ];
    const faults = places.filter((place) => !toleratedCode.some((known) => known.test(place)));
    return verdict(`none but ${places.length - faults.length} known, which is never run`, faults);
  },

  'Addresses': (release) => {
    const named = codeOf(release).flatMap(([name, text]) => [...hostsIn(text)].map((host) => [name, host] as const));
    const foreign = named.filter(([, host]) => !release.hosts.has(host) && !namesOnly.includes(host));
    return verdict(`${new Set(named.map(([, host]) => host)).size} hosts, all of them in our own sources`, foreign.map(([name, host]) => `${name} names ${host}, which comes from somebody else's code.`));
  },

  'Languages': (release) => {
    const { contents } = release;
    const languages = [...contents.keys()].flatMap((name) => /^extension\/package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);
    const english = JSON.parse(textOf(contents, 'extension/package.nls.json') || '{}') as Readonly<Record<string, string>>;
    const wanted = [...new Set([...textOf(contents, 'extension/package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ''))];
    const faults = languages.flatMap((language) => {
      const table = JSON.parse(textOf(contents, `extension/package.nls.${language}.json`)) as Readonly<Record<string, string>>;
      const bundle = `extension/l10n/bundle.l10n.${language}.json`;
      return [...wanted.filter((key) => !table[key]).map((key) => `package.nls.${language}.json does not say ${key}.`), ...(contents.has(bundle) ? [] : [`${bundle} is missing.`])];
    });
    const unsaid = wanted.filter((key) => !english[key]).map((key) => `package.nls.json does not say ${key}.`);
    const pointer = manifestOf(release).l10n === undefined ? ['The manifest does not say where the l10n bundles are.'] : [];
    return verdict(['en', ...languages].join(', '), [...unsaid, ...faults, ...pointer, ...(languages.length === 0 ? ['No language but English is inside.'] : [])]);
  },

  'VS Code': (release) => {
    const engine = manifestOf(release).engines?.vscode ?? '';
    const oldest = /^\^(\d+\.\d+\.\d+)$/.exec(engine)?.[1];
    return verdict(`${engine}, typings ${release.typings}`, oldest === release.typings ? [] : [`engines.vscode is ${engine || 'not set'} and the code is compiled against ${release.typings}: use of newer APIs would go unnoticed.`]);
  },

  'Licences': ({ contents, packages }) => {
    const notices = textOf(contents, `extension/${noticesFile}`);
    const faults = packages.flatMap(({ name, version, licence, licenceText }) => [
      ...(licences.includes(licence) ? [] : [`${name} is under ${licence || 'no licence'}, which is not on the list.`]),
      ...(licenceText === '' ? [`${name} brings no text of its licence.`] : []),
      ...(notices.includes(`${name} ${version} (`) && notices.includes(licenceText) ? [] : [`The notices do not name ${name} ${version} with its licence.`]),
    ]);
    const own = contents.has('extension/LICENSE.txt') ? [] : ['The licence of the extension itself is missing.'];
    return verdict(`${packages.length} packages of others: ${[...new Set(packages.map(({ licence }) => licence))].sort().join(', ')}`, [...faults, ...own]);
  },
};

/** Hosts in the names of XML's and JSON's vocabularies, which nobody asks. */
const namesOnly: readonly string[] = ['www.w3.org', 'json-schema.org'];

/** The hosts of addresses of the web in a text. */
export function hostsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\b(?:https?|wss?):\/\/([\w-]+(?:\.[\w-]+)+)/g)].map((match) => match[1] ?? ''));
}

function mayRequire(name: string): boolean {
  return name === 'vscode' || name === './node.cjs' || name === './rivulet.js' || name.startsWith('node:') || builtinModules.includes(name);
}
