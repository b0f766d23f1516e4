"""Every address of the web application. Only what is used of allauth's is here."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider
from django.conf import settings
from django.urls import path

from dashboards.access.sign_in import openid, passwords
from dashboards.confirming import views as confirming
from dashboards.directie import report_views
from dashboards.directie import views as directie
from dashboards.it import views as it
from dashboards.leadership import audit_log
from dashboards.leadership import views as leadership
from dashboards.public import views as public
from dashboards.site import demo_sign_in, home
from dashboards.teacher import views as teacher

urlpatterns = [
    path("", home.home, name="home"),
    path("taal/", home.set_language, name="language"),
    path("app.webmanifest", home.manifest, name="manifest"),
    # Everyone.
    path("transparantie/", public.transparency, name="transparency"),
    path("toegankelijkheid/", public.accessibility, name="accessibility"),
    # Who teaches.
    path("les/", teacher.lesson, name="lesson"),
    path("les/toestaan/", teacher.grant_lesson_exemption, name="grant_lesson_exemption"),
    path("les/stop/<int:number>/", teacher.revoke_lesson_exemption, name="revoke_lesson_exemption"),
    path("les/actief/<int:number>/", teacher.exemption_delivery, name="exemption_delivery"),
    # Who reads the figures.
    path("cijfers/", directie.figures, name="figures"),
    path("cijfers/cijfers.csv", directie.figures_csv, name="figures_csv"),
    path("cijfers/cijfers.json", directie.figures_json, name="figures_json"),
    path("cijfers/rapport/", report_views.report_ask, name="report_ask"),
    path("cijfers/rapport/<int:number>/", report_views.report, name="report"),
    path(
        "cijfers/rapport/<int:number>/voortgang/",
        report_views.report_progress,
        name="report_progress",
    ),
    path("cijfers/rapport/<int:number>/bestand/", report_views.report_file, name="report_file"),
    # Who leads.
    path("toestemmingen/", leadership.exemptions, name="exemptions"),
    path("toestemmingen/stop/<int:number>/", leadership.revoke_exemption, name="revoke_exemption"),
    path("logboek/", audit_log.audit_log, name="audit"),
    # Whoever confirms what IT changed.
    path("instellingen/", confirming.guarded_settings, name="settings"),
    path("instellingen/bevestigen/", confirming.confirm, name="confirm_settings"),
    # Who keeps it running.
    path("beheer/", it.condition, name="it"),
    path("beheer/onderbreken/", it.pause, name="pause"),
    path("beheer/hervatten/", it.resume, name="resume"),
    path("beheer/diagnose/", it.diagnostics, name="diagnostics"),
    # Signing in.
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("inactief/", account.account_inactive, name="account_inactive"),
    path("beveiliging/wachtwoord/", passwords.change_password, name="account_change_password"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("oidc/<slug:provider_id>/login/", openid.login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"
    ),
    path("oidc/afgebroken/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/mislukt/", provider.login_error, name="socialaccount_login_error"),
    path("oidc/nieuw/", home.not_found, name="socialaccount_signup"),
    # A second factor.
    path("beveiliging/", second_factor.index, name="mfa_index"),
    path("beveiliging/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("beveiliging/bevestigen/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("beveiliging/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("beveiliging/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "beveiliging/reservecodes/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "beveiliging/reservecodes/nieuw/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "beveiliging/reservecodes/bestand/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("beveiliging/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("beveiliging/passkeys/nieuw/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "beveiliging/passkeys/bevestigen/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("beveiliging/passkeys/inloggen/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "beveiliging/passkeys/<int:pk>/weg/", passkeys.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("beveiliging/passkeys/<int:pk>/naam/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
if settings.DEMONSTRATION is not None:
    urlpatterns.append(path("demo/<str:token>/", demo_sign_in.sign_in, name="demo"))

handler500 = "dashboards.site.failures.handle_server_error"
