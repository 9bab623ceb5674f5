import { say, type LocalText } from '../../protocol/localText.ts';

/** What each tool does, in a sentence for the person who switches it on or off; a test holds that none is left out. */
export const toolWords: Readonly<Record<string, LocalText>> = {
  read_file: say('Reads files of the workspace.'),
  list_directory: say('Lists the files of a folder.'),
  find_files: say('Finds files by their names.'),
  search_text: say('Searches the texts of files.'),
  get_diagnostics: say('Reads the problems that the editor reports.'),
  document_symbols: say('Lists the symbols of a file.'),
  workspace_symbols: say('Finds symbols by their names.'),
  find_definition: say('Finds where a symbol is defined.'),
  find_references: say('Finds where a symbol is used.'),
  hover: say('Reads what the editor says of a symbol.'),
  get_editor_state: say('Sees which editors are open and what is selected.'),
  get_changes: say('Reads changes that are not committed.'),
  edit_file: say('Changes texts in a file.'),
  create_file: say('Makes new files.'),
  move_file: say('Moves and renames files.'),
  delete_file: say('Deletes files.'),
  rename_symbol: say('Renames a symbol wherever it is used.'),
  apply_code_action: say('Applies a fix or refactoring of the editor.'),
};
