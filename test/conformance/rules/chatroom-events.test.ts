import { describe, expect, test } from 'vitest';
import { type Followed, follow } from '../../support/live-events.ts';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const event = '{ type ... on MessageEvent { message { content { ... on TextContent { text } } } } }';
const viewerEvents = `subscription ($after: String) { viewerEvents(after: $after) ${event} }`;
const spaceEvents = `subscription ($room: ID!, $after: String) { spaceEvents(spaceId: $room, after: $after) ${event} }`;

interface Told {
  readonly message?: { readonly content?: { readonly text?: string } };
}
const textOf = ({ message }: Told) => message?.content?.text;

/** The texts that a stream gives up to the last one. */
async function textsOf(stream: Followed, last: string): Promise<(string | undefined)[]> {
  await stream.until((each) => textOf(each) === last);
  await stream.close();
  return stream.seen.map(textOf);
}

describe.each(ruleApps)('%s', (_, { app, room }) => {
  test('what happens in a chatroom is told by spaceEvents; viewerEvents has of it what the viewer says itself', async () => {
    const token = await scene.gateway.token({ subject: 'bob', accounts: { [app]: 'bob' } });
    const streams = async () => ({
      own: await follow(scene.gateway, [app], token, viewerEvents),
      ofRoom: await follow(scene.gateway, [app], token, spaceEvents, { room }),
    });
    const live = await streams();
    const lobby = { kind: 'chatroom', id: room.split(':')[2] ?? '' } as const;
    const say = (from: string, text: string) => scene.say(app, from, lobby, { kind: 'TEXT', text });
    await say('alice', 'by another');
    await say('bob', 'by the viewer');
    await say('alice', 'the last in the room');
    await scene.say(app, 'alice', { kind: 'direct', id: 'bob' }, { kind: 'TEXT', text: 'the last' });
    for (const { own, ofRoom } of [live, await streams()]) {
      const told = await textsOf(own, 'the last');
      expect(told.filter((text) => text !== undefined)).toEqual(['by the viewer', 'the last']);
      expect(await textsOf(ofRoom, 'the last in the room')).toEqual([
        'by another',
        'by the viewer',
        'the last in the room',
      ]);
    }
  });
});
