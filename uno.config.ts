// UnoCSS takes SVG's own attributes for utilities: keep it off them.
import { defineConfig } from 'unocss'

export default defineConfig({
  blocklist: [/^(font-size|font-weight|text-anchor|fill|stroke|stroke-width|stroke-dasharray|opacity|transform|x|y|dx|dy|width|height|r|cx|cy|rx|ry|points|d|cursor|class|style|title|label|role|size|gap|flex|grid|border|text|content|order|table|list|block|inline|hidden|filter|outline|shadow|underline|visible|fixed|static|sticky|absolute|relative)=/],
})
