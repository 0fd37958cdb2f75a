import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { AlertRule } from '../../../../core/contract/alerts.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { useResource } from '../../../client/resource.ts'
import { alertRules } from '../../../client/resources.ts'
import { Button, IconButton } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { formatAgo } from '../../../components/format/time.ts'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { Switch } from '../../../components/switch.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { formatValue, ruleWords, scopeWords, states } from './alert-words.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { removeRule, setWatching } from './save-rule.ts'

/** What is watched, and how each stands. */
export function RuleList() {
  const { data, error } = useResource(alertRules)
  const [edited, setEdited] = useState<AlertRule | 'new' | null>(null)
  const [removing, setRemoving] = useState<AlertRule | null>(null)
  return (
    <Section
      title="What is watched"
      lead="You are told once when it begins, here and by your system, and told the call behind it."
      action={
        <Button icon={<Plus />} onClick={() => setEdited('new')}>
          Watch something
        </Button>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void alertRules.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={5} height={60} />
        )
      ) : (
        <ul aria-label="What is watched">
          <Rows>
            {data.map((rule) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                onEdit={() => setEdited(rule)}
                onRemove={() => setRemoving(rule)}
              />
            ))}
          </Rows>
        </ul>
      )}
      <RuleDialog rule={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove ${removing?.name ?? 'it'}`}
        confirm="Remove"
        onConfirm={() => attempt(async () => removing && removeRule(removing.id))}
      >
        It is no longer watched. What you were told stays in the inbox.
      </ConfirmDialog>
    </Section>
  )
}

interface RuleRowProps {
  rule: AlertRule
  onEdit: () => void
  onRemove: () => void
}

function RuleRow({ rule, onEdit, onRemove }: RuleRowProps) {
  const { tone, label } = states[rule.state]
  const only = scopeWords(rule)
  const toggle = (watching: boolean): void =>
    void attempt(() => setWatching(rule, watching)).then((problem) => problem && showToast(problem))
  return (
    <li className="flex items-center gap-3 py-2.5">
      <StatusDot tone={tone} />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{rule.name}</div>
        <div className="truncate text-s text-text-2">
          {ruleWords(rule)}
          {only && <span className="text-text-3"> · only {only}</span>}
        </div>
      </div>
      <div className="w-40 text-right text-s max-[860px]:w-28">
        <div className={tone === 'bad' ? 'text-bad-text' : 'text-text-2'}>{label}</div>
        <div className="truncate text-xs text-text-3">
          {rule.value !== null && rule.state !== 'paused' && `${formatValue(rule.kind, rule.value)}, `}
          {formatAgo(rule.stateSince, Date.now())}
        </div>
      </div>
      <Switch label={`Watch ${rule.name}`} checked={!rule.paused} onChange={toggle} />
      <Menu
        trigger={
          <IconButton label={`Actions for ${rule.name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          Change
        </MenuItem>
        {!rule.builtIn && (
          <MenuItem danger icon={<Trash2 />} onSelect={onRemove}>
            Remove
          </MenuItem>
        )}
      </Menu>
    </li>
  )
}
