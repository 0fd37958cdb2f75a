/** Reads `gpt-5=prod-gpt5, gpt-4o=chat`: a model's name, and the deployment that serves it. Others are named alike. */
export function readDeployments(text: string | undefined): ReadonlyMap<string, string> {
  const deployments = new Map<string, string>()
  for (const pair of (text ?? '').split(/[,\n]/)) {
    const [model = '', deployment = ''] = pair.split('=').map((name) => name.trim())
    if (model !== '' && deployment !== '') deployments.set(model, deployment)
  }
  return deployments
}
