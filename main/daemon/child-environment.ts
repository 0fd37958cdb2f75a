/** What a native engine may need of the environment: where things are, the language, the graphics driver. */
const passedOn =
  /^(PATH|HOME|USERPROFILE|LOCALAPPDATA|SystemRoot|windir|TEMP|TMP|TMPDIR|LANG|LC_\w+|LD_LIBRARY_PATH|CUDA_\w+|HIP_\w+|ROCR_\w+|VK_\w+|GGML_\w+|XDG_RUNTIME_DIR)$/i

/**
 * The environment of a child process: an allow-list of ours and what its owner added. Model files are hostile input,
 * so the process that reads them is given no secret that happens to be in the environment.
 */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  added: Record<string, string>
): Record<string, string> {
  const kept = Object.entries(own).flatMap(([name, value]) =>
    value !== undefined && passedOn.test(name) ? [[name, value] as const] : []
  )
  return { ...Object.fromEntries(kept), ...added }
}
