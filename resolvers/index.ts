import type { Resolvers } from '../src/generated/graphql.ts';
import { app } from './app.ts';
import { attribute } from './attribute.ts';
import { base } from './base.ts';
import { blocklist } from './blocklist.ts';
import { bot } from './bot.ts';
import { call } from './call.ts';
import { chatroom } from './chatroom.ts';
import { community } from './community.ts';
import { conversation } from './conversation.ts';
import { event } from './event.ts';
import { file } from './file.ts';
import { group } from './group.ts';
import { job } from './job.ts';
import { message } from './message.ts';
import { moderation } from './moderation.ts';
import { presence } from './presence.ts';
import { relation } from './relation.ts';
import { space } from './space.ts';
import { thread } from './thread.ts';
import { user } from './user.ts';

/** One map per domain, merged type by type when the schema is made. */
export const resolvers: readonly Resolvers[] = [
  base,
  app,
  user,
  presence,
  relation,
  blocklist,
  space,
  group,
  attribute,
  moderation,
  chatroom,
  message,
  conversation,
  event,
  call,
  bot,
  community,
  thread,
  file,
  job,
];
