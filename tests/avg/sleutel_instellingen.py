"""Settings of the processes of test_sleutels: those of the tests, with the keys of the environment."""

from ips_subsidie.settings import test

globals().update({naam: waarde for naam, waarde in vars(test).items() if naam.isupper()})
env = test.env

VELD_SLEUTELS = {
    ident: sleutel for ident, _, sleutel in (paar.partition(":") for paar in env.list("VELD_SLEUTELS"))
}
