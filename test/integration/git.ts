import { execFileSync } from 'node:child_process';

/** Runs Git in a folder, with nobody's configuration. */
export function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Lin', '-c', 'user.email=lin@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main', '-c', 'core.hooksPath=/nowhere', ...args], { cwd: folder, stdio: 'pipe' });
}

/** Whether there is a Git to run. */
export function hasGit(): boolean {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    return false;
  }
}
