import { headersOption } from '../extra-headers.ts'
import type { VendorRow } from '../vendor-row.ts'

/**
 * GitHub Copilot, and gateways like it that want to know which program asks. The person says which: Homeport poses as no
 * other. It answers at its host's root.
 */
export const githubCopilot: VendorRow = {
  kind: 'github-copilot',
  label: 'GitHub Copilot',
  defaultBaseUrl: 'https://api.githubcopilot.com',
  needsKey: true,
  quirks: {
    documents: 'none',
    audio: false
  },
  options: [
    {
      name: 'integrationId',
      label: 'Integration id',
      hint: 'The Copilot-Integration-Id that your organization registered with GitHub.',
      required: false
    },
    {
      name: 'editorVersion',
      label: 'Editor version',
      hint: 'The Editor-Version header, such as my-editor/1.2.',
      required: false
    },
    headersOption
  ],
  optionHeaders: { integrationId: 'copilot-integration-id', editorVersion: 'editor-version' }
}
