// The print route in every build: the PDF is made from it, tagged and with an outline.
import { defineRoutesSetup } from '@slidev/types'

export default defineRoutesSetup((routes) => {
  if (routes.some(route => route.name === 'print'))
    return routes
  return [{ name: 'print', path: '/print', component: () => import('@slidev/client/pages/print.vue') }, ...routes]
})
