import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, it } from "vitest"
import { resolve } from "../../src/stages/resolve.js"
import { test } from "../../src/stages/test.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { openEngine } from "../engine-session.js"
import { writeFiles } from "../write-files.js"
import { cellOf, runStages } from "./run-stages.js"

const DJANGO = "django==5.2.8"

/** An application with a database, a template, and tests that only Django's runner finds. */
const SHOP = {
  "requirements.txt": `${DJANGO}\n`,
  "manage.py": `import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`,
  "shop/__init__.py": "",
  "shop/settings.py": `from pathlib import Path

SECRET_KEY = "of tests alone"
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["orders"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).parent / "db.sqlite3"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
`,
  "shop/urls.py": 'from django.urls import path\nfrom orders.views import index\n\nurlpatterns = [path("", index)]\n',
  "orders/__init__.py": "",
  "orders/models.py": `from django.db import models


class Order(models.Model):
    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=40)
    paid = models.BooleanField(default=False)
`,
  "orders/migrations/__init__.py": "",
  "orders/migrations/0001_initial.py": `from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("paid", models.BooleanField(default=False)),
            ],
        ),
    ]
`,
  "orders/templates/index.html": "<h1>{{ count }} orders</h1>\n",
  "orders/views.py": `from django.shortcuts import render

from .models import Order


def index(request):
    return render(request, "index.html", {"count": Order.objects.count()})
`,
  "orders/tests.py": `from django.test import TestCase

from .models import Order


class OrderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Order.objects.create(name="tea")

    def test_counts(self):
        self.assertContains(self.client.get("/"), "1 orders")

    def test_unpaid(self):
        self.assertFalse(Order.objects.get().paid)

    def test_wrong(self):
        self.assertEqual(Order.objects.count(), 2)
`,
}

let engine: Awaited<ReturnType<typeof openEngine>>
let folder: string
beforeAll(async () => {
  engine = await openEngine()
  folder = await mkdtemp(join(tmpdir(), "quillon-django-"))
  await writeFiles(folder, SHOP)
})
afterAll(async () => {
  await engine?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

/** What `manage.py test` prints. */
async function plain(): Promise<string> {
  const environment = createToolchain({ dag, settings: { python: {} } }).environment({
    python: "3.13",
    tools: [DJANGO],
  })
  const placed = Object.entries(SHOP).reduce(
    (left, [path, text]) => left.withNewFile(`/shop/${path}`, text),
    environment,
  )
  const ran = placed.withWorkdir("/shop").withExec(["sh", "-c", "python manage.py test --no-color 2>&1 || true"])
  return ran.stdout()
}

it("counts the tests of an application as manage.py counts them", async () => {
  const [report, said] = await Promise.all([runStages(folder, { stages: [resolve, test] }), plain()])
  const [, ran] = /Ran (\d+) tests/.exec(said) ?? []
  const [, failures] = /FAILED \(failures=(\d+)\)/.exec(said) ?? []
  const { measures, findings } = cellOf(report, "test@3.13")
  const counts = measures.tests as Readonly<Record<"passed" | "failed", number>>
  expect({ ran: counts.passed + counts.failed, failures: counts.failed }).toEqual({
    ran: Number(ran),
    failures: Number(failures),
  })
  expect(findings).toMatchObject([
    { file: "orders/tests.py", line: 18, message: expect.stringContaining("test_wrong") },
  ])
})
