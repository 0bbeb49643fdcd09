import { AppCommand, type Command } from './app-command.ts';
import { checkApp } from './checks.ts';
import type { Walk, WalkApp } from './scene.ts';
import { hear } from './stream-checks.ts';

/** One viewer's stream is cut, or goes on from where it was. */
export class CutOrResume extends AppCommand {
  protected async act(_: Walk, app: WalkApp): Promise<boolean> {
    const user = this.user(app, 0);
    const viewer = app.viewers.get(user);
    if (!viewer) return false;
    hear(app, user);
    if (viewer.isConnected) viewer.cut();
    else resume(app, user);
    return true;
  }
}

/** Has a viewer's stream go on from the last cursor it had. */
export function resume(app: WalkApp, user: string): void {
  hear(app, user);
  app.model.resumed(user);
  app.viewers.get(user)?.connect();
}

/** The process ends, in good order or not, and is there again: everything that was true is true still. */
export class Restart implements Command {
  readonly #signal: 'SIGTERM' | 'SIGKILL';

  constructor(signal: 'SIGTERM' | 'SIGKILL') {
    this.#signal = signal;
  }

  check(): boolean {
    return true;
  }

  async run(_: unknown, walk: Walk): Promise<void> {
    if (walk.isOver()) return;
    walk.count(`Restart by ${this.#signal}`);
    if (walk.apps.some(({ holds }) => !holds('a recall outlives a process killed right after it')))
      await new Promise((resolve) => setTimeout(resolve, 300));
    const connected = walk.apps.flatMap((app) =>
      app.model.users.filter((user) => app.viewers.get(user)?.isConnected).map((user) => [app, user] as const),
    );
    for (const [app, user] of connected) app.viewers.get(user)?.expectEnd();
    await walk.world.restart(this.#signal);
    for (const [app, user] of connected) {
      hear(app, user);
      app.viewers.get(user)?.cut();
      resume(app, user);
    }
    for (const app of walk.apps) await checkApp(walk, app);
  }

  toString(): string {
    return `Restart(${this.#signal})`;
  }
}
