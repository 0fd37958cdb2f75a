import { Content } from '../../components/screen-layout.tsx'
import { AliasPage, NewAliasPage } from './alias-page.tsx'
import { AutoPage } from './auto-page.tsx'
import { ModelsHome } from './models-home.tsx'
import { ModelPage } from './on-device/model-page.tsx'
import { parsePlace } from './place.ts'
import { ProviderPage } from './provider-page.tsx'

export function ModelsScreen({ id }: { id: string | null }) {
  return (
    <Content label="Models">
      <PlaceOf id={id} />
    </Content>
  )
}

function PlaceOf({ id }: { id: string | null }) {
  const place = parsePlace(id)
  switch (place.show) {
    case 'provider':
      return <ProviderPage id={place.id} />
    case 'model':
      return <ModelPage key={place.id} id={place.id} />
    case 'alias':
      return place.name === 'auto' ? <AutoPage /> : <AliasPage name={place.name} />
    case 'new-alias':
      return <NewAliasPage like={place.like} />
    default:
      return <ModelsHome tab={place.show} />
  }
}
