import { say, type LocalText } from '../../protocol/localText.ts';
import { namesOf, segmentsOf } from './names.ts';

/*
 * What programs obey: to write it is to make them do something, which a person is asked for each time. A1, B1… are the
 * rows of docs/safety.md that an entry comes from. Dot-files are sensitive as a rule (A2 does so in the home folder), for nearly
 * all of them are settings of a program; what stands here by name has a reason of its own.
 */

interface Rule {
  /** Matched against each segment's names, folded. */
  readonly folders?: RegExp;
  /** Matched against the last segment's names, folded. */
  readonly names?: readonly RegExp[];
  readonly reason: LocalText;
}

const rules: readonly Rule[] = [
  {
    reason: say('The editor obeys this file: it can name programs to run.'),
    // A1, B1, B2; other editors: B19 (.idea), and what their projects may run: Visual Studio, Fleet, Zed, Xcode, Sublime.
    folders: /^(\.vscode|\.vscode-.+|\.idea|\.devcontainer|\.vs|\.fleet|\.zed|\.nova|.+\.xcodeproj|.+\.xcworkspace)$/,
    names: [
      // A1, B8 (Roo CVE-2025-58372), B19 case 3.
      /\.(code-workspace|sublime-project|iml|ipr|iws)$/,
      // B19 names them wherever they lie; `settings.json` and `keybindings.json` for a window on the editor's own folder (B24).
      /^(settings|tasks|launch|keybindings|extensions|argv|devcontainer)\.json$/,
    ],
  },
  {
    reason: say('Assistants obey this file: it can change what they do and may do.'),
    // B3 (CurXecute), B4, B9 (.roo), B24: each assistant's own folder.
    folders: /^(\.cursor|\.roo|\.continue|\.claude|\.cline|\.clinerules|\.windsurf|\.codeium|\.kilocode|\.gemini|\.codex|\.copilot|\.amazonq|\.kiro|\.augment|\.aider.*|\.trae|\.qwen|\.opencode|\.rivulet|\.agents?)$/,
    names: [
      // B20, the rules-file backdoor: what an assistant reads as its instructions.
      /^(agents?|claude|gemini|qwen|warp|crush|skill|conventions|copilot-instructions)(\.(local|override))?\.md$/,
      /\.(instructions|prompt|chatmode|agent)\.md$|\.mdc$/,
      // B9, B24: an assistant's own settings, beside the project.
      /^(opencode\.jsonc?|gemini-extension\.json|codex\.toml)$/,
      /^\.?mcp(_config|_settings)?\.json$/,
      /^\.(cursor|windsurf|cline|roo|goose|continue)(rules|ignore|modes|hints|rc\.json)$/,
    ],
  },
  {
    reason: say('Git obeys this file.'),
    // A1 (.gitattributes), B19 (.gitmodules). A folder with a HEAD may become a repository, whose settings run programs.
    names: [/^\.git(modules|attributes|config)$/, /^head$/],
  },
  {
    reason: say('What stands in it runs by itself, at a commit, a build, a test or when a project is opened.'),
    // B10, B19 (.github, .husky); installed packages run with whatever uses them.
    folders: /^(\.github|\.gitlab|\.circleci|\.buildkite|\.woodpecker|\.husky|\.githooks|hooks\.d|\.mvn|\.gradle|\.cargo|\.yarn|node_modules|site-packages|\.venv|launchagents|launchdaemons|appdata)$/,
    names: [
      // A1: what a build reads; the C# tools load a project as soon as it is there.
      /\.(csproj|fsproj|vbproj|vcxproj|proj|targets|props|sln|slnx|pbxproj)$/,
      /^(build\.rs|server\.xml|web\.config|nuget\.config|global\.json|packages\.config)$/,
      // B19 "Makefile?": CMake, Makefile, Gradle, Maven, Swift and Bazel tools of editors read theirs when a folder is opened or the file is saved.
      /^((gnu)?makefile(\.(am|in|inc|common|local))?|.+\.mk|cmakelists\.txt|cmakepresets\.json|cmakeuserpresets\.json|.+\.cmake|meson\.build|justfile|taskfile\.ya?ml|rakefile|.+\.rake|.+\.gemspec)$/,
      /^(.+\.gradle(\.kts)?|gradle(-wrapper)?\.properties|gradlew(\.bat)?|mvnw(\.cmd)?|pom\.xml|build\.xml|.+\.sbt|package\.swift|mix\.exs|rebar\.config)$/,
      /^(workspace(\.bazel)?|module\.bazel|build(\.bazel)?|.+\.bzl|.+\.nix)$/,
      // Other builds that are programs or name some: OCaml, Haskell, Scala, SCons, Waf, Clojure, Nx, Angular, Protocol Buffers, containers and phones.
      /^(dune(-project|-workspace)?|.+\.opam|.+\.cabal|cabal\.project(\..+)?|stack\.yaml|build\.(sc|mill)|sconstruct|sconscript|wscript|project\.clj|deps\.edn|shadow-cljs\.edn)$/,
      /^((nx|turbo|project|workspace|angular|nodemon)\.json|buf\.gen\.ya?ml|tiltfile|earthfile|(fast|app|plugin|brew)file|(fabfile|dodo|tasks)\.py|mise(\..+)?\.toml|devbox\.json|devenv\.ya?ml)$/,
      // Language servers and checkers that an editor starts: these name programs or plugins for them (B19).
      /^(hie\.yaml|rust-analyzer\.toml|compile_commands\.json|compile_flags\.txt|mypy\.ini|pylintrc|tslint\.json|(phpstan|psalm|phpunit)(\..+)?\.(neon|xml)(\.dist)?|php\.ini)$/,
      // B19 "conftest.py?": editors run it to find tests. The others run with every Python, or whenever one is installed.
      /^((conftest|setup|noxfile|sitecustomize|usercustomize)\.py|.+\.(pth|egg-link)|tox\.ini|pytest\.ini|setup\.cfg|lefthook.*\.ya?ml)$/,
      // ESLint, Vitest, Tailwind and others run theirs inside the editor; tsconfig can name plugins of the language server.
      /^(.+\.config\.[cm]?[jt]s|(gulp|grunt)file(\..+)?|[tj]sconfig(\..+)?\.json)$/,
      // Karma and Protractor; the test runners that an editor starts to list the tests; what they name as programs without being one.
      /^(.+\.conf\.[cm]?[jt]s|(jest|vitest)[.-](setup|workspace|projects)(\..+)?\.([cm]?[jt]sx?|json)|(babel|jest)\.config\.json)$/,
      // Pipelines and containers (B10, B19).
      /^(jenkinsfile(\..+)?|.+\.jenkinsfile|(azure|bitbucket)-pipelines([.-].+)?\.ya?ml|action\.ya?ml|cloudbuild(\..+)?\.ya?ml|buildspec([.-].+)?\.ya?ml|appveyor\.ya?ml|(docker|container)file(\..+)?|.+\.dockerfile|(docker-)?compose.*\.ya?ml|vagrantfile|procfile)$/,
      // Hosts that build what is pushed, and what systems start by themselves.
      /^((netlify|wrangler)\.toml|(vercel|firebase|wrangler)\.jsonc?|(serverless|skaffold|render)\.ya?ml|crontab|.+\.(service|timer|desktop))$/,
    ],
  },
  {
    reason: say('It decides which packages are installed and what they run.'),
    names: [
      // A1 and B19: package.json and lock files; the manifests of other languages do the same.
      /^(package\.json|npm-shrinkwrap\.json|bun\.lockb|go\.sum|pipfile|package\.resolved|gems\.rb)$/,
      /(\.lock(\.json)?|-lock\.(json|ya?ml)|\.lockfile)$/,
      /^(pnpm-workspace\.ya?ml|lerna\.json|deno\.jsonc?|bunfig\.toml|composer\.json|pyproject\.toml|requirements.*\.(txt|in)|constraints.*\.txt|environment\.ya?ml)$/,
      // From where packages are fetched, and who changes their versions.
      /^(pip\.(conf|ini)|uv\.toml|renovate\.json5?)$/,
      /^(cargo\.toml|go\.(mod|work)|gemfile(\.local)?|podfile|cartfile|pubspec\.ya?ml|rust-toolchain(\.toml)?|conanfile\.(py|txt)|vcpkg.*\.json)$/,
    ],
  },
  {
    reason: say('It runs when a shell or another program starts.'),
    // A2: the home folder's; B19 names .envrc.
    names: [
      /^\.(bash|zsh|k|c|tc)(rc|shrc|env|_profile|_login|_logout|_aliases)$/,
      /^\.(profile|login|logout|zprofile|zlogin|zlogout|envrc|direnvrc|xinitrc|xprofile|vimrc|exrc|nvim\.lua|gdbinit|lldbinit|inputrc)$/,
    ],
  },
  {
    reason: say('Windows obeys this file as soon as its folder is looked at or a program of its name is started.'),
    // Explorer fetches the icons that they name, from anywhere; programs are looked for in the current folder first.
    // Scripts of the script host are among them, and what a double click hands to the system. PowerShell starts only its profile by itself.
    names: [/^(desktop\.ini|autorun\.inf|(.+[._-])?profile\.ps1)$/, /\.(lnk|url|scf|library-ms|searchconnector-ms|bat|cmd|com|exe|dll|scr|hta|pif|cpl|msi|vbs|vbe|jse|wsf|wsh|reg|msc|settingcontent-ms)$/],
  },
];

const dotFile = say('Its name begins with a dot: programs may read it as settings.');

/** Dot-files that make nothing happen: lists of what to leave alone, and how wide an indent is. */
const harmless = /^\.((git|docker|npm|prettier|eslint|stylelint|vscode)ignore|gitkeep|keep|editorconfig|nojekyll|mailmap|env\.(example|sample|template|dist))$/;

/** Why a person is asked before this path, relative to its folder, is written; empty for an ordinary file. */
export function reasonsToAskBeforeWriting(path: string): readonly LocalText[] {
  const segments = segmentsOf(path).map(namesOf);
  const last = segments.at(-1) ?? [];
  const reasons = rules
    .filter(({ folders, names }) => (folders !== undefined && segments.flat().some((name) => folders.test(name))) || (names ?? []).some((pattern) => last.some((name) => pattern.test(name))))
    .map(({ reason }) => reason);
  if (reasons.length > 0) return reasons;
  return segments.some((names) => names.some((name) => name.startsWith('.') && name !== '..') && !names.every((name) => harmless.test(name))) ? [dotFile] : [];
}
