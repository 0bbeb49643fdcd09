/** The demo's cast, the same at every vendor, in neutral words; each vendor's emulator fills its apps with it. */
export const demo = {
  users: [
    { id: 'alice', name: 'Alice Arden' },
    { id: 'bob', name: 'Bob Brook' },
    { id: 'carol', name: 'Carol Cliff' },
    { id: 'dave', name: 'Dave Dale' },
    { id: 'erin', name: 'Erin East' },
    { id: 'frank', name: 'Frank Field' },
    ...Array.from({ length: 60 }, (_, index) => ({ id: `user${index + 1}`, name: `User ${index + 1}` })),
  ],
  /** Whose picture is where: `https://img.example/<id>.png`. */
  avatar: (id: string) => `https://img.example/${id}.png`,
  /** Logged in when the demo begins. */
  online: ['alice', 'bob', 'erin'],
  /** Who has whom on the blocklist. */
  blocklists: { alice: ['frank'] } as Readonly<Record<string, readonly string[]>>,
  /** Who is whose friend, on both sides. */
  friends: { alice: ['bob', 'carol', 'dave'], bob: ['erin'] } as Readonly<Record<string, readonly string[]>>,
  /** For vendors that have them. */
  communities: [
    { id: 'city', name: 'City life' },
    { id: 'games', name: 'Board games' },
    { id: 'garden', name: 'Garden' },
  ],
  /** Members include the owner, who comes first. Numbers serve vendors whose ids are decimal. */
  groups: [
    { id: 'team', number: '2784001', name: 'The team', owner: 'alice', members: ['alice', 'bob', 'carol', 'dave'] },
    { id: 'book-club', number: '2784002', name: 'Book club', owner: 'carol', members: ['carol', 'alice', 'erin'] },
    { id: 'runners', number: '2784003', name: 'Runners', owner: 'bob', members: ['bob', 'alice', ...users(1, 12)] },
    { id: 'choir', number: '2784004', name: 'Choir', owner: 'dave', members: ['dave', 'alice', ...users(13, 28)] },
    {
      id: 'climbers',
      number: '2784005',
      name: 'Climbers',
      owner: 'erin',
      members: ['erin', 'alice', ...users(29, 40)],
    },
  ],
  chatrooms: [
    { id: 'lobby', number: '9100001', name: 'Lobby', owner: 'alice', members: ['alice', 'bob', 'erin'] },
    { id: 'stage', number: '9100002', name: 'Stage', owner: 'bob', members: ['bob', 'carol'] },
  ],
  /** Oldest first; `minutesAgo` from when the emulator starts. */
  messages: [
    ...Array.from({ length: 12 }, (_, index) => ({
      from: `user${index + 1}`,
      to: { kind: 'direct' as const, id: 'alice' },
      text: `Hello from user ${index + 1}`,
      minutesAgo: 600 - index,
    })),
    { from: 'bob', to: { kind: 'direct', id: 'alice' }, text: 'Are you coming tonight?', minutesAgo: 50 },
    { from: 'alice', to: { kind: 'direct', id: 'bob' }, text: 'Yes, see you at eight.', minutesAgo: 49 },
    { from: 'carol', to: { kind: 'direct', id: 'alice' }, text: 'The book is great.', minutesAgo: 40 },
    { from: 'dave', to: { kind: 'direct', id: 'alice' }, text: 'Rehearsal moved to Friday.', minutesAgo: 35 },
    { from: 'bob', to: { kind: 'group', id: 'team' }, text: 'Standup in five minutes', minutesAgo: 30 },
    { from: 'carol', to: { kind: 'group', id: 'book-club' }, text: 'Next month: The Dispossessed', minutesAgo: 25 },
    { from: 'bob', to: { kind: 'group', id: 'runners' }, text: '10 km on Sunday?', minutesAgo: 20 },
    { from: 'dave', to: { kind: 'group', id: 'choir' }, text: 'New score is up', minutesAgo: 15 },
    { from: 'erin', to: { kind: 'group', id: 'climbers' }, text: 'Who brings the rope?', minutesAgo: 10 },
    { from: 'bob', to: { kind: 'chatroom', id: 'lobby' }, text: 'Welcome everybody', minutesAgo: 5 },
  ] as readonly DemoMessage[],
} as const;

interface DemoMessage {
  readonly from: string;
  readonly to: { readonly kind: 'direct' | 'group' | 'chatroom'; readonly id: string };
  readonly text: string;
  readonly minutesAgo: number;
}

function users(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `user${first + index}`);
}
