const dropped = ['messages', 'entries', 'settings', 'seeded', 'applied']
  .map((table) => `DROP TABLE IF EXISTS ${table};`)
  .join(' ');

const made = `
CREATE TABLE IF NOT EXISTS messages (app TEXT, conversation TEXT, key TEXT, sender TEXT, sent_at INTEGER NOT NULL, put_at INTEGER NOT NULL,
  body BLOB NOT NULL, UNIQUE (app, conversation, key, sender));
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (app, conversation, sent_at);
CREATE INDEX IF NOT EXISTS messages_by_put ON messages (put_at);
CREATE TABLE IF NOT EXISTS entries (app TEXT, owner TEXT, kind TEXT, peer TEXT, listed_at INTEGER, read_at INTEGER, pinned INTEGER,
  put_at INTEGER NOT NULL, UNIQUE (app, owner, kind, peer));
CREATE INDEX IF NOT EXISTS entries_by_put ON entries (put_at);
CREATE TABLE IF NOT EXISTS settings (app TEXT, owner TEXT, kind TEXT, peer TEXT, body BLOB NOT NULL, UNIQUE (app, owner, kind, peer));
CREATE TABLE IF NOT EXISTS seeded (app TEXT, owner TEXT, put_at INTEGER NOT NULL, PRIMARY KEY (app, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS applied (app TEXT PRIMARY KEY, epoch TEXT NOT NULL, offset INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Makes the tables anew, empty. */
export const tables = `${dropped} ${made}`;

/** What came later. It is made where it is missing, and stays when the others are made anew: no event tells all of it. */
export const added = `
CREATE TABLE IF NOT EXISTS audiences (app TEXT, conversation TEXT, key TEXT, body BLOB NOT NULL, UNIQUE (app, conversation, key));
`;
