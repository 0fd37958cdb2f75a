import { Bar, Section } from '../../components/screen-layout.tsx'
import { BackToModels } from './back-to-models.tsx'
import { RoutePreviewPanel } from './route-preview.tsx'
import { TwoColumns } from './two-columns.tsx'

/** What `auto` is, which nobody can change, and what it would do. */
export function AutoPage() {
  return (
    <>
      <Bar>
        <BackToModels />
        <h1 className="font-semibold">auto</h1>
      </Bar>
      <TwoColumns aside={<RoutePreviewPanel model="auto" version={null} note={null} />}>
        <Section title="How it chooses">
          <div className="flex max-w-[60ch] flex-col gap-3 text-text-2">
            <p>
              Homeport gives each request points for what makes it hard: its length, code, images, tools, and
              words that ask for a proof or for steps. Easy requests go to a small and cheap model, hard ones
              to the most able one.
            </p>
            <p>
              Nothing is sent anywhere to find this out. Each call says in Activity why its model was chosen;
              the preview says it for any prompt beforehand.
            </p>
            <p>
              Whoever wants another order makes an alias: <code className="font-mono text-s">auto</code> stays
              as it is.
            </p>
          </div>
        </Section>
      </TwoColumns>
    </>
  )
}
