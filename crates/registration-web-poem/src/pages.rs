//! Where each page is: paths, methods, and the desk in front of all of them.
mod assets;
mod codes;
pub(crate) mod domains;
mod entry;
mod help;
mod join;
mod mailbox;
mod me;
pub(crate) mod organization;
mod own;
mod platform;
pub(crate) mod reviewing;
mod security;
mod sign_up;

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, IntoEndpoint, Response, Route, get, post};
use registration_domain::platform::Platform;

use crate::{
    assets::Assets,
    settings::WebSettings,
    visit::{Desk, House},
};

/// All pages, to be mounted at `/`.
pub fn pages(
    platform: Arc<Platform>,
    settings: WebSettings,
) -> impl IntoEndpoint<Endpoint = impl Endpoint<Output = Response> + 'static> {
    let has_mailbox = settings.mailbox.is_some();
    let house = Arc::new(House { platform, settings, assets: Assets::new() });
    let routes = join(email_domains(security(organization(account(own(sign_up(entry(Route::new()))))))));
    let routes = operator(reviewing(routes));
    let routes = if has_mailbox { kept_mail(routes) } else { routes };
    let desk = routes.with(Desk(house)).map_to_response();
    // What everybody gets alike needs nobody at the desk.
    Route::new().at("/static/:name", get(assets::file)).nest_no_strip("/", desk).map_to_response()
}

fn entry(routes: Route) -> Route {
    use entry::{accept, ask, decline, invitation, setup, sign_in, switch};
    routes
        .at("/setup/:token", get(setup::open))
        .at("/setup", get(setup::show).post(setup::submit))
        .at("/sign-in", get(sign_in::show).post(sign_in::submit))
        .at("/sign-out", post(sign_in::leave))
        .at("/session/stay", post(sign_in::stay))
        .at("/i/:token", get(invitation::open))
        .at("/invitation", get(invitation::show))
        .at("/invitation/accept", get(accept::show).post(accept::submit))
        .at("/invitation/decline", get(decline::show).post(decline::submit))
        .at("/invitation/ask", post(ask::submit))
        .at("/invitation/switch", post(switch::submit))
}

fn sign_up(routes: Route) -> Route {
    use sign_up::{change, form, resend, verify};
    routes
        .at("/sign-up", get(form::show).post(form::submit))
        .at("/sign-up/verify", get(verify::show).post(verify::submit))
        .at("/sign-up/resend", post(resend::submit))
        .at("/sign-up/change", post(change::submit))
}

fn own(routes: Route) -> Route {
    use own::{home, invitations, leave, memberships, new_organization};
    routes
        .at("/", get(home::show))
        .at("/start", get(home::start))
        .at("/start/invitations/:id", get(invitations::open))
        .at("/organizations", get(memberships::show))
        .at("/organizations/new", get(new_organization::show).post(new_organization::submit))
        .at("/organizations/:membership/leave", get(leave::show).post(leave::submit))
        .at("/preferences", post(help::preferences))
        .at("/help", get(help::help))
        .at("/accessibility", get(help::accessibility))
        .at("/privacy", get(help::privacy))
}

fn security(routes: Route) -> Route {
    use security::{password, reset, sign_ins};
    routes
        .at("/reset", get(reset::show).post(reset::ask))
        .at("/r/:token", get(reset::open))
        .at("/reset/password", get(reset::choose).post(reset::submit))
        .at("/me/password", get(password::show).post(password::submit))
        .at("/me/sign-ins", get(sign_ins::show))
        .at("/me/sign-ins.csv", get(sign_ins::download))
        .at("/me/sessions/end-others", post(sign_ins::end_others))
        .at("/me/sessions/:id/end", post(sign_ins::end))
}

fn account(routes: Route) -> Route {
    use me::{close, details, email, email_verify, export, notifications, overview};
    let detail = || get(details::show).post(details::submit);
    routes
        .at("/me", get(overview::show))
        .at("/me/email", get(email::show).post(email::submit))
        .at("/me/email/verify", get(email_verify::show).post(email_verify::submit))
        .at("/me/email/resend", post(email_verify::resend))
        .at("/me/close", get(close::show).post(close::submit))
        .at("/me/name", detail())
        .at("/me/username", detail())
        .at("/me/language", detail())
        .at("/me/time-zone", detail())
        .at("/me/notifications", get(notifications::show).post(notifications::submit))
        .at("/me/export", get(export::download))
}

fn organization(routes: Route) -> Route {
    use organization::{
        audit, export, hand_over, invitation, invite, invite_many, overview, permissions, proposal, remove,
        revoke, settings, users,
    };
    routes
        .at("/o/:org", get(overview::show))
        .at("/o/:org/users", get(users::show))
        .at("/o/:org/users/members.csv", get(export::members))
        .at("/o/:org/users/invite", get(invite::show).post(invite::submit))
        .at("/o/:org/users/invite/send", post(invite_many::send))
        .at("/o/:org/users/:member/permissions", get(permissions::show).post(permissions::submit))
        .at("/o/:org/users/:member/remove", get(remove::show).post(remove::submit))
        .at("/o/:org/users/:member/hand-over", get(hand_over::show).post(hand_over::submit))
        .at("/o/:org/invitations/:id", get(invitation::show).post(invitation::correct))
        .at("/o/:org/invitations/:id/resend", post(invitation::resend))
        .at("/o/:org/invitations/:id/revoke", get(revoke::show).post(revoke::submit))
        .at("/o/:org/audit", get(audit::show))
        .at("/o/:org/audit.csv", get(export::events))
        .at("/o/:org/settings", get(settings::show).post(settings::submit))
        .at("/o/:org/settings/joining", get(proposal::show).post(proposal::submit))
}

fn email_domains(routes: Route) -> Route {
    use domains::{check, list, remove, show, way};
    routes
        .at("/join/email-domain", post(way::submit))
        .at("/o/:org/email-domains", get(list::show).post(list::submit))
        .at("/o/:org/email-domains/:id", get(show::show).post(show::submit))
        .at("/o/:org/email-domains/:id/check", post(check::submit))
        .at("/o/:org/email-domains/:id/remove", get(remove::show).post(remove::submit))
}

fn join(routes: Route) -> Route {
    use join::{ask, invitation, organization, request, search};
    routes
        .at("/join", get(search::show))
        .at("/join/:org", get(organization::show).post(ask::submit))
        .at("/join/invitations/:id", get(invitation::open))
        .at("/join/requests/:id", get(request::show))
        .at("/join/requests/:id/remind", post(request::remind))
        .at("/join/requests/:id/withdraw", get(request::confirm).post(request::withdraw))
}

fn operator(routes: Route) -> Route {
    use platform::email;
    routes.at("/platform/email", get(email::show).post(email::submit))
}

fn reviewing(routes: Route) -> Route {
    use codes::{list, make, revoke};
    use reviewing::{decide, inbox, many, show};
    routes
        .at("/o/:org/requests", get(inbox::show).post(many::submit))
        .at("/o/:org/requests/:id", get(show::show))
        .at("/o/:org/requests/:id/approve", post(decide::approve))
        .at("/o/:org/requests/:id/reject", post(decide::reject))
        .at("/o/:org/employee-codes", get(list::show))
        .at("/o/:org/employee-codes/new", get(make::show).post(make::submit))
        .at("/o/:org/employee-codes/:id/revoke", get(revoke::show).post(revoke::submit))
}

fn kept_mail(routes: Route) -> Route {
    routes
        .at("/dev/mailbox", get(mailbox::show).post(mailbox::act))
        .at("/dev/mailbox/:id", get(mailbox::open_letter))
        .at("/dev/mailbox/:id/body", get(mailbox::html_part))
        .at("/dev/mailbox/:id/raw", get(mailbox::download))
}
