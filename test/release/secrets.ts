const kinds: readonly (readonly [string, RegExp])[] = [
  ['a key of a service', /\bsk-[A-Za-z0-9_-]{20,}/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{40,})/g],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a token of GitLab or Slack', /\b(?:glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,})/g],
  ['a key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['a key of Google', /\bAIza[\w-]{35}\b/g],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/]{16,}/g],
  ['an address with a password in it', /\bhttps?:\/\/[\w.-]+:[^\s"'`@/$]+@[\w.-]+/g],
  ['a path of somebody\'s home', /(?<![\w.~])(?:\/home\/[a-z][\w.-]*|\/Users\/[A-Za-z][\w.-]*|[A-Z]:\\{1,2}Users\\{1,2}\w+)/g],
];

/** What a text holds that must not leave the house, in words; `machine` are paths of the machine that builds. */
export function secretsIn(text: string, machine: readonly string[]): readonly string[] {
  const found = kinds.flatMap(([what, pattern]) => [...text.matchAll(pattern)].map(([match]) => `${what}: ${match.slice(0, 12)}…`));
  const named = machine.filter((path) => path.length > 1 && text.includes(path)).map((path) => `a path of this machine: ${path}`);
  return [...found, ...named];
}
