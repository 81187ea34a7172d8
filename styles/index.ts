import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './theme.css'
import './slide.css'
