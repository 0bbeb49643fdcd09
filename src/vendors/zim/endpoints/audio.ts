import { z } from 'zod';
import { get } from '../../../net/endpoint.ts';

/** Voice recording and changing in the client: https://www.zegocloud.com/docs/zim-server/zim-audio/obtain-a-license */
export const audio = {
  license: get('zim.audio.license.get', '/?Action=CgiDescribeZIMAudioLicense', {
    host: 'https://auth-api.zego.im',
    reply: z.object({ Data: z.object({ License: z.string().min(1) }) }),
    limits: ['CgiDescribeZIMAudioLicense'],
    readOnly: true,
  }),
};
