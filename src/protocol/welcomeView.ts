/** What there is to begin with. Nobody was asked for it over the network, but for servers of this machine once the person wished it. */
export interface WelcomeView {
  readonly choices: readonly WelcomeChoice[];
  /** `none`: they were looked for, and none answered that is not known already. */
  readonly servers: 'unasked' | 'looking' | 'none' | 'found';
}

/**
 * A model that can be asked at once. `stored`: its service has a key; `keyless`: it needs none; `variable`: a variable of
 * the environment may hold its key, which is taken over only after a question; `server`: it answered on this machine.
 */
export interface WelcomeChoice {
  readonly id: string;
  readonly kind: 'stored' | 'keyless' | 'variable' | 'server';
  readonly serviceLabel: string;
  readonly model: string;
  /** The variable's name, or the server's address. Never a key. */
  readonly detail: string | undefined;
}
