import { Plus, Wallet } from 'lucide-react'
import { useState } from 'react'
import type { Budget } from '../../../../core/contract/budgets.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { useResource } from '../../../client/resource.ts'
import { budgets } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Page, Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BudgetDialog } from './budget-dialog.tsx'
import { BudgetRow } from './budget-row.tsx'
import { removeBudget } from './save-budget.ts'

/** Limits on money, and how far each has come. `change` is the id of the one to change at once. */
export function BudgetsPage({ change }: { change: string | null }) {
  const { data, error } = useResource(budgets)
  const [edited, setEdited] = useState<Budget | 'new' | null>(null)
  const [removing, setRemoving] = useState<Budget | null>(null)
  const wanted = data?.find(({ id }) => id === change) ?? null
  const close = (): void => {
    setEdited(null)
    if (change !== null) navigate('costs', 'budgets')
  }
  const add = (): void => setEdited('new')
  return (
    <>
      {data?.length === 0 ? (
        <NoBudget onAdd={add} />
      ) : (
        <Page wide>
          <Section
            title="Budgets"
            lead="Money is set aside before a call and settled after it, so that many calls at once cannot overspend. Models on this machine are never held back."
            action={
              <Button icon={<Plus />} onClick={add}>
                Set a budget
              </Button>
            }
          >
            {data === null ? (
              error ? (
                <Notice tone="bad" action={<Button onClick={() => void budgets.refresh()}>Try again</Button>}>
                  {error}
                </Notice>
              ) : (
                <SkeletonRows count={3} height={88} />
              )
            ) : (
              <ul aria-label="Budgets">
                <Rows>
                  {data.map((budget) => (
                    <BudgetRow
                      key={budget.id}
                      budget={budget}
                      onEdit={() => setEdited(budget)}
                      onRemove={() => setRemoving(budget)}
                    />
                  ))}
                </Rows>
              </ul>
            )}
          </Section>
        </Page>
      )}
      <BudgetDialog budget={edited ?? wanted} onClose={close} />
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove ${removing?.name ?? 'it'}`}
        confirm="Remove"
        onConfirm={() => attempt(async () => removing && removeBudget(removing.id))}
      >
        Nothing holds these calls back from then on. What was booked stays.
      </ConfirmDialog>
    </>
  )
}

function NoBudget({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState
      icon={<Wallet />}
      title="No budget yet"
      action={
        <Button look="primary" icon={<Plus />} onClick={onAdd}>
          Set a budget
        </Button>
      }
    >
      A budget holds a day, a week or a month to a sum: for all calls, or for one program, model or project.
      When it is used up you are told, or calls go to a cheaper model, to this machine, or nowhere.
    </EmptyState>
  )
}
