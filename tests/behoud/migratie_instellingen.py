"""Settings of the migrate of test_migraties: ours, and an app that has one more migration."""

from ips_subsidie.settings import test

globals().update({naam: waarde for naam, waarde in vars(test).items() if naam.isupper()})
INSTALLED_APPS = [*test.INSTALLED_APPS, "tests.behoud.proefapp"]
# The settings of the tests name the plain role; this is what `IPS_ALS_EIGENAAR=1` makes of them.
DATABASES = {"default": test.DATABASE_EIGENAAR}
