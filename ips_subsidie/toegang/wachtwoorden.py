"""Django's checks on a new password, with messages that say what to do."""

from typing import Any

from django.contrib.auth import password_validation


class NietOverUzelf(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("naam", "email")

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("user_attributes", self.DEFAULT_USER_ATTRIBUTES)
        super().__init__(**opties)

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres. Kies een ander wachtwoord."

    def get_help_text(self) -> str:
        return "Uw wachtwoord lijkt niet op uw naam of e-mailadres."


class LangGenoeg(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Uw wachtwoord heeft minstens {self.min_length} tekens."


class NietGewoon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord is makkelijk te raden: veel mensen gebruiken het. Kies een ander wachtwoord."

    def get_help_text(self) -> str:
        return "Uw wachtwoord is niet makkelijk te raden."
