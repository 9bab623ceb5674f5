import { c, cpp, csharp, dart, java, kotlin, objectiveC, scala } from '@codemirror/legacy-modes/mode/clike';
import { css, less, sCSS } from '@codemirror/legacy-modes/mode/css';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { go } from '@codemirror/legacy-modes/mode/go';
import { javascript, json, typescript } from '@codemirror/legacy-modes/mode/javascript';
import { lua } from '@codemirror/legacy-modes/mode/lua';
import { powerShell } from '@codemirror/legacy-modes/mode/powershell';
import { properties } from '@codemirror/legacy-modes/mode/properties';
import { python } from '@codemirror/legacy-modes/mode/python';
import { ruby } from '@codemirror/legacy-modes/mode/ruby';
import { rust } from '@codemirror/legacy-modes/mode/rust';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { standardSQL } from '@codemirror/legacy-modes/mode/sql';
import { swift } from '@codemirror/legacy-modes/mode/swift';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { html, xml } from '@codemirror/legacy-modes/mode/xml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import type { StreamParser } from '@codemirror/streamparser';
import { diff, markdown, php } from './ownModes.ts';

/** The modes with the names that a fence may give them. */
const modes: readonly (readonly [mode: StreamParser<unknown>, names: string])[] = [
  [typescript, 'typescript ts tsx mts cts'],
  [javascript, 'javascript js jsx mjs cjs node'],
  [json, 'json jsonc json5 jsonl'],
  [python, 'python py pyi python3 py3'],
  [java, 'java'],
  [c, 'c h'],
  [cpp, 'cpp c++ cc cxx hpp hh cuda ino arduino'],
  [csharp, 'csharp cs c#'],
  [kotlin, 'kotlin kt kts'],
  [scala, 'scala'],
  [dart, 'dart'],
  [objectiveC, 'objectivec objective-c objc m'],
  [go, 'go golang'],
  [rust, 'rust rs'],
  [php, 'php'],
  [ruby, 'ruby rb'],
  [swift, 'swift'],
  [lua, 'lua'],
  [shell, 'sh bash zsh shell console shellscript shell-session fish'],
  [powerShell, 'powershell ps1 pwsh'],
  [standardSQL, 'sql mysql postgresql postgres pgsql sqlite plsql tsql'],
  [yaml, 'yaml yml'],
  [toml, 'toml'],
  [properties, 'ini properties env dotenv cfg conf'],
  [xml, 'xml svg xaml csproj plist'],
  [html, 'html htm vue svelte xhtml'],
  [css, 'css'],
  [sCSS, 'scss sass'],
  [less, 'less'],
  [dockerFile, 'dockerfile docker'],
  [markdown, 'markdown md mdx'],
  [diff, 'diff patch'],
];

const byName = new Map(modes.flatMap(([mode, names]) => names.split(' ').map((name) => [name, mode] as const)));

/** The mode for a language as a fence names it; undefined for one that is not known. */
export function modeOf(language: string): StreamParser<unknown> | undefined {
  return byName.get(language.toLowerCase());
}
