import { normaliseName } from "../project/requirement.js"

/** Distributions that are not named as what they install, normalised; only names that everybody uses. */
const OTHERWISE: Readonly<Record<string, string>> = {
  attr: "attrs",
  bs4: "beautifulsoup4",
  bson: "pymongo",
  crypto: "pycryptodome",
  cv2: "opencv-python",
  dateutil: "python-dateutil",
  docx: "python-docx",
  dotenv: "python-dotenv",
  git: "gitpython",
  googleapiclient: "google-api-python-client",
  jose: "python-jose",
  jwt: "pyjwt",
  magic: "python-magic",
  multipart: "python-multipart",
  mysqldb: "mysqlclient",
  openssl: "pyopenssl",
  pil: "pillow",
  "pkg-resources": "setuptools",
  psycopg2: "psycopg2-binary",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  slugify: "python-slugify",
  socks: "pysocks",
  usb: "pyusb",
  yaml: "pyyaml",
  zmq: "pyzmq",
}

/** Names below which many distributions install theirs. */
const SHARED = new Set(["azure", "backports", "google", "jaraco", "opentelemetry", "sphinxcontrib", "zope"])

/** What to install so that a module can be imported, as far as a name can tell: `yaml.nodes` is `pyyaml`. */
export function distributionOf(module: string): string {
  const [top = module, ...inner] = module.split(".")
  const name = normaliseName(top)
  if (SHARED.has(name)) return [name, ...inner.map(normaliseName)].join("-")
  return OTHERWISE[name] ?? top
}

/** Whether a distribution may be the one that installs a module. */
export function mayInstall(distribution: string, module: string): boolean {
  const top = normaliseName(module.split(".")[0] ?? module)
  if (SHARED.has(top)) {
    const wanted = squeezed(distributionOf(module))
    return squeezed(distribution).startsWith(wanted) || wanted.startsWith(squeezed(distribution))
  }
  return distribution === distributionOf(module) || distribution === top
}

/** `google.cloud.secretmanager` is of `google-cloud-secret-manager`. */
function squeezed(name: string): string {
  return name.replaceAll("-", "")
}
