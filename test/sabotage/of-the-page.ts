/** The host of the app's pages, kinder than Jira's. Their cases need a browser. */
import type { Sabotage } from './sabotage';

export const sabotagesOfThePage: Sabotage[] = [
  {
    name: 'components that are not drawn, and nobody is told',
    file: 'host/unmodelled.tsx',
    replace: '  useEffect(() => violate(message), [message]);\n',
    by: '',
    test: 'e2e/host-not-drawn.test.ts',
    title: 'the components that are not drawn each stands in red in its place, and is a violation',
  },
  {
    name: 'bridge commands that are not there, and nobody is told',
    file: 'host/bridge.ts',
    replace: 'function refuse(message: string): never {\n  violate(message);\n',
    by: 'function refuse(message: string): never {\n',
    test: 'e2e/host-bridge.test.ts',
    title:
      'the bridge of the page a command that the page does not have is rejected, recorded and shown',
  },
];
