import { offerActions, openRequests } from '../inspector.ts';
import { turnOfDocument } from '../virtualDocuments.ts';
import type { Command } from './command.ts';

/** Takes a turn's id; without one the latest turn is shown. */
export const inspectRequest: Command = {
  id: 'rivulet.inspectRequest',
  run: async (context, turnId) => openRequests(typeof turnId === 'string' ? turnId : undefined, context),
};

/** Takes the address of a document that the inspector has opened, as its title menu hands it over. */
export const requestActions: Command = {
  id: 'rivulet.requestActions',
  async run(context, address) {
    const turnId = turnOfDocument(address) ?? context.exchanges.latestTurn();
    await (turnId === undefined ? openRequests(undefined, context) : offerActions(turnId, context));
  },
};
