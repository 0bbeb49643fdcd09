import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import { isOver, type Job, type JobError, type JobFailure, type JobKind, type JobStatus } from '../domain/job.ts';
import { LiveFile } from '../live-file.ts';
import { dateOf, type Row, statementsOf, together } from '../sqlite.ts';
import { type FileKind, openFile } from '../sqlite-file.ts';
import { type ItemResult, type JobOrigin, type JobStore, maxFinishedJobs, type StoredItem } from './store.ts';

/** A `JobStore` in one file, for one process. */
export class SqliteJobStore implements JobStore {
  readonly #database: DatabaseSync;
  readonly #sql: (text: string) => StatementSync;
  /** For copying it while it is in use. */
  readonly liveFile: LiveFile;

  /** Made when it is not there. Throws a `FileError` when the file cannot be used, or was made by a later version. */
  constructor(file: string) {
    this.#database = openFile(file, kind, (database, pragma, refuse) => {
      // Full: what is in flight must be known to be so even when the machine loses its power.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      const found = Number(pragma('user_version'));
      if (found > version) refuse('it is of a later version');
      if (found === 1) database.exec('ALTER TABLE jobs ADD COLUMN pause_cause BLOB');
      database.exec(`${schema} PRAGMA user_version = ${version};`);
    });
    this.#sql = statementsOf(this.#database);
    this.liveFile = new LiveFile(file, this.#database);
  }

  create(job: Job, { owner, key, fingerprint }: JobOrigin, items: readonly StoredItem[]): void {
    together(this.#database, () => {
      this.#sql('INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
        job.id,
        job.app,
        owner,
        key,
        fingerprint,
        job.kind,
        job.status,
        job.createdAt.getTime(),
        null,
        null,
        job.total,
        job.succeeded,
        job.failed,
        job.pauseCause && serialize(job.pauseCause),
      );
      const insert = this.#sql('INSERT INTO items VALUES (?, ?, ?, ?, 0, ?)');
      for (const [place, { index, target, input }] of items.entries())
        insert.run(job.id, place, index, target, serialize(input));
      const old = this.#sql(
        `SELECT id FROM jobs WHERE app = ? AND status IN ('FINISHED', 'CANCELED') ORDER BY id DESC LIMIT -1 OFFSET ?`,
      ).all(job.app, maxFinishedJobs);
      for (const row of old) {
        this.#sql('DELETE FROM failures WHERE job = ?').run(String(row['id']));
        this.#sql('DELETE FROM jobs WHERE id = ?').run(String(row['id']));
      }
    });
  }

  byKey(app: string, owner: string, key: string, since: Date) {
    const row = this.#sql(
      'SELECT * FROM jobs WHERE app = ? AND owner = ? AND key = ? AND created_at >= ? ORDER BY id DESC LIMIT 1',
    ).get(app, owner, key, since.getTime());
    return row && { job: jobOf(row), fingerprint: String(row['fingerprint']) };
  }

  job(app: string, id: string): Job | undefined {
    const row = this.#sql('SELECT * FROM jobs WHERE id = ? AND app = ?').get(id, app);
    return row && jobOf(row);
  }

  jobs(app: string, before: string | undefined, limit: number): readonly Job[] {
    return this.#sql('SELECT * FROM jobs WHERE app = ? AND id < ? ORDER BY id DESC LIMIT ?')
      .all(app, before ?? afterAll, limit)
      .map(jobOf);
  }

  unsettled(): readonly Job[] {
    return this.#sql(
      `SELECT * FROM jobs WHERE status NOT IN ('FINISHED', 'CANCELED') OR id IN (SELECT job FROM items WHERE in_flight = 1) ORDER BY id`,
    )
      .all()
      .map(jobOf);
  }

  take(id: string, count: number): readonly StoredItem[] {
    return together(this.#database, () => {
      const rows = this.#sql('SELECT * FROM items WHERE job = ? AND in_flight = 0 ORDER BY place LIMIT ?').all(
        id,
        count,
      );
      const last = rows.at(-1);
      if (last)
        this.#sql('UPDATE items SET in_flight = 1 WHERE job = ? AND in_flight = 0 AND place <= ?').run(
          id,
          Number(last['place']),
        );
      return rows.map(itemOf);
    });
  }

  inFlight(id: string): readonly StoredItem[] {
    return this.#sql('SELECT * FROM items WHERE job = ? AND in_flight = 1 ORDER BY place').all(id).map(itemOf);
  }

  release({ app, id }: Job): void {
    const job = this.job(app, id);
    if (job && isOver(job)) this.#sql('DELETE FROM items WHERE job = ?').run(id);
    else this.#sql('UPDATE items SET in_flight = 0 WHERE job = ?').run(id);
  }

  settle({ id, app }: Job, results: readonly ItemResult[]): Job {
    return together(this.#database, () => {
      for (const { index, error } of results) {
        if (error)
          this.#sql(
            'INSERT INTO failures SELECT job, item, target, ? FROM items WHERE job = ? AND item = ? AND in_flight = 1',
          ).run(serialize(error), id, index);
        this.#sql('DELETE FROM items WHERE job = ? AND item = ? AND in_flight = 1').run(id, index);
      }
      const failed = results.filter(({ error }) => error !== null).length;
      this.#sql('UPDATE jobs SET succeeded = succeeded + ?, failed = failed + ? WHERE id = ?').run(
        results.length - failed,
        failed,
        id,
      );
      const job = this.job(app, id);
      if (!job) throw new Error(`no job ${id}`);
      return job;
    });
  }

  update(job: Job): void {
    together(this.#database, () => {
      this.#sql('UPDATE jobs SET status = ?, started_at = ?, finished_at = ?, pause_cause = ? WHERE id = ?').run(
        job.status,
        job.startedAt?.getTime() ?? null,
        job.finishedAt?.getTime() ?? null,
        job.pauseCause && serialize(job.pauseCause),
        job.id,
      );
      if (isOver(job)) this.#sql('DELETE FROM items WHERE job = ? AND in_flight = 0').run(job.id);
    });
  }

  failures(id: string, after: number, limit: number): readonly JobFailure[] {
    return this.#sql('SELECT * FROM failures WHERE job = ? AND item > ? ORDER BY item LIMIT ?')
      .all(id, after, limit)
      .map((row) => ({
        index: Number(row['item']),
        target: String(row['target']),
        error: deserialize(row['error'] as Uint8Array) as JobError,
      }));
  }

  close(): void {
    this.#database.close();
  }
}

/** After every id, which are digits, letters and dashes. */
const afterAll = '~';

const jobOf = (row: Row): Job => ({
  id: String(row['id']),
  app: String(row['app']),
  kind: row['kind'] as JobKind,
  status: row['status'] as JobStatus,
  createdAt: new Date(Number(row['created_at'])),
  startedAt: dateOf(row['started_at']),
  finishedAt: dateOf(row['finished_at']),
  total: Number(row['total']),
  succeeded: Number(row['succeeded']),
  failed: Number(row['failed']),
  pauseCause: row['pause_cause'] === null ? null : (deserialize(row['pause_cause'] as Uint8Array) as JobError),
});

const itemOf = (row: Row): StoredItem => ({
  index: Number(row['item']),
  target: String(row['target']),
  input: deserialize(row['body'] as Uint8Array),
});

const version = 2;
const kind: FileKind = {
  what: 'the file of jobs',
  remedy: 'restore a backup, or move it away: what jobs had left to do is lost then',
  isExclusive: true,
};

const schema = `
CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, app TEXT NOT NULL, owner TEXT NOT NULL, key TEXT, fingerprint TEXT NOT NULL,
  kind TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
  total INTEGER NOT NULL, succeeded INTEGER NOT NULL, failed INTEGER NOT NULL, pause_cause BLOB);
CREATE INDEX IF NOT EXISTS jobs_by_app ON jobs (app, id);
CREATE INDEX IF NOT EXISTS jobs_by_key ON jobs (app, owner, key);
CREATE TABLE IF NOT EXISTS items (job TEXT, place INTEGER, item INTEGER NOT NULL, target TEXT NOT NULL, in_flight INTEGER NOT NULL,
  body BLOB NOT NULL, PRIMARY KEY (job, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_by_index ON items (job, item);
CREATE TABLE IF NOT EXISTS failures (job TEXT, item INTEGER, target TEXT NOT NULL, error BLOB NOT NULL, PRIMARY KEY (job, item)) WITHOUT ROWID;
`;
