const dropped = ['messages', 'entries', 'settings', 'seeded', 'applied', 'tallies']
  .map((table) => `DROP TABLE IF EXISTS ${table};`)
  .join(' ');

const tallies = `
CREATE TABLE IF NOT EXISTS tallies (app TEXT, conversation TEXT, since INTEGER, latest_at INTEGER, kept INTEGER NOT NULL,
  counted INTEGER NOT NULL, is_over INTEGER NOT NULL, put_at INTEGER NOT NULL, UNIQUE (app, conversation));
CREATE INDEX IF NOT EXISTS tallies_by_put ON tallies (put_at);`;

const made = `
CREATE TABLE IF NOT EXISTS messages (app TEXT, conversation TEXT, key TEXT, sender TEXT, sent_at INTEGER NOT NULL, put_at INTEGER NOT NULL,
  body BLOB NOT NULL, UNIQUE (app, conversation, key, sender));
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (app, conversation, sent_at);
CREATE INDEX IF NOT EXISTS messages_by_put ON messages (put_at);
CREATE TABLE IF NOT EXISTS entries (app TEXT, owner TEXT, kind TEXT, peer TEXT, listed_at INTEGER, read_at INTEGER, pinned INTEGER,
  put_at INTEGER NOT NULL, read_count INTEGER, hidden_at INTEGER, UNIQUE (app, owner, kind, peer));
CREATE INDEX IF NOT EXISTS entries_by_put ON entries (put_at);
${tallies}
CREATE TABLE IF NOT EXISTS settings (app TEXT, owner TEXT, kind TEXT, peer TEXT, body BLOB NOT NULL, UNIQUE (app, owner, kind, peer));
CREATE TABLE IF NOT EXISTS seeded (app TEXT, owner TEXT, put_at INTEGER NOT NULL, PRIMARY KEY (app, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS applied (app TEXT PRIMARY KEY, epoch TEXT NOT NULL, offset INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Makes the tables anew, empty. */
const anew = `${dropped} ${made}`;

/** From the tables of version 3, which counted nothing beyond the messages kept. */
const fromThree = `ALTER TABLE entries ADD COLUMN read_count INTEGER; ALTER TABLE entries ADD COLUMN hidden_at INTEGER; ${tallies}`;

export const version = 4;

/** What makes the tables of a file with another version those of this one: what users set in it stays where it can. */
export const upgradeFrom = (found: unknown): string =>
  `BEGIN; ${found === 3 ? fromThree : anew} PRAGMA user_version = ${version}; COMMIT;`;

/** What came later. It is made where it is missing, and stays when the others are made anew: no event tells all of it. */
export const added = `
CREATE TABLE IF NOT EXISTS audiences (app TEXT, conversation TEXT, key TEXT, body BLOB NOT NULL, UNIQUE (app, conversation, key));
`;
