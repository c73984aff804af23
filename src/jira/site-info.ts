/** What Jira says of itself. */
import { z } from 'zod';
import { callJira, JiraError, type JiraClient } from './client';

const serverInfoSchema = z.object({ baseUrl: z.string(), serverTitle: z.string().optional() });

/** The site's name and address, as `north.atlassian.net`. @throws JiraError */
export async function siteName(jira: JiraClient): Promise<string> {
  const info = await callJira(jira, 'getServerInfo', serverInfoSchema, { as: 'app' });
  if (info === undefined) throw new JiraError('unexpected', 'Jira does not tell its address');
  return new URL(info.baseUrl).hostname;
}
