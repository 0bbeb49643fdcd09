import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** Voice recording and changing in the client: https://www.zegocloud.com/docs/zim-server/zim-audio/obtain-a-license */
export const audio = {
  license: endpoint('zim.audio.license.get', { reply: z.object({ Data: z.object({ License: z.string().min(1) }) }) }),
};
