/** Everything the window keeps in the browser: local and session storage and all databases. Runs inside the page. */
export async function windowState(): Promise<string> {
  const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify(Object.entries(storage)));
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error(`The database ${name} cannot be opened.`)));
    });
    for (const store of database.objectStoreNames) {
      const values = await new Promise<readonly unknown[]>((resolve) => {
        const all = database.transaction(store).objectStore(store).getAll();
        all.addEventListener('success', () => resolve(all.result as unknown[]));
      });
      stored.push(...values.map((value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value))));
    }
    database.close();
  }
  return stored.join('\n');
}
