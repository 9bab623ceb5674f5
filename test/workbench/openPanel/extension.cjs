// Opens Rivulet's panel when the window of `npm start` opens, and asks once for the key of the service that the
// variable RIVULET_ASK_KEY names.
const vscode = require('vscode');

exports.activate = async (context) => {
  await vscode.commands.executeCommand('rivulet.focus');
  const service = process.env.RIVULET_ASK_KEY;
  const asked = `asked ${service}`;
  if (!service || context.globalState.get(asked)) return;
  await context.globalState.update(asked, true);
  await vscode.commands.executeCommand('rivulet.setApiKey', service);
};
