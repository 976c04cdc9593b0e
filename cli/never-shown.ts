export { isNeverShown, NEVER_SHOWN } from "../src/project/never-shown.js"
