//! The table. The document and the tests read it; an operation that is not in it fails both.
use super::{Operation, Takes, Who};
use crate::{
    audit::{AuditFileQuery, AuditQuery},
    invitations::{InvitationsQuery, InviteQuery},
    joining::{CodesQuery, RequestsQuery},
    me::PartQuery,
    members::{MembersFileQuery, MembersQuery},
    organizations::OrganizationsQuery,
    shape::Members,
    signing_in::{SignInsFileQuery, SignInsQuery},
};

const EDIT: Who = Who::Holder("organization.edit");
const VIEW: Who = Who::Holder("members.view");
const INVITE: Who = Who::Holder("members.invite");
const REVIEW: Who = Who::Holder("join_requests.review");
const CODES: Who = Who::Holder("employee_codes.manage");

const SETTLED: [&str; 4] =
    ["invitation_already_accepted", "invitation_declined", "invitation_not_backed", "invitation_revoked"];
const IN_THE_WAY: [&str; 6] = [
    "access_exceeds_own",
    "already_invited",
    "already_member",
    "invitation_blocked",
    "owner_required",
    "too_many_mails",
];
const NO_LINK: [&str; 7] = [
    "invitation_already_accepted",
    "invitation_declined",
    "invitation_expired",
    "invitation_not_backed",
    "invitation_revoked",
    "invitation_superseded",
    "invitation_unknown",
];

const OWN_LINK: [&str; 7] = [
    "invitation_already_accepted",
    "invitation_declined",
    "invitation_expired",
    "invitation_not_backed",
    "invitation_revoked",
    "invitation_superseded",
    "not_found",
];

/// What the shorter calls below fill in.
const fn operation(id: &'static str, method: &'static str, path: &'static str, who: Who) -> Operation {
    Operation { id, method, path, who, done: 200, also: &[], takes: Takes::Nothing, query: None }
}

impl Operation {
    const fn done(self, done: u16) -> Self {
        Self { done, ..self }
    }
    const fn body(self) -> Self {
        Self { takes: Takes::Body, ..self }
    }
    const fn optional_body(self) -> Self {
        Self { takes: Takes::OptionalBody, ..self }
    }
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
    const fn query<Of: Members>(self) -> Self {
        Self { query: Some(Of::members), ..self }
    }
}

/// Every operation, in the order of the contract.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    operation("set_up", "POST", "/setup", Who::Anybody).done(201).body()
        .also(&["not_found", "setup_link_expired"]),

    operation("sign_up", "POST", "/sign-ups", Who::Anybody).done(202).body()
        .also(&["sign_up_closed", "too_many_mails"]),
    operation("verify_sign_up", "POST", "/sign-ups/{id}/verify", Who::Anybody).done(201).body()
        .also(&[
            "already_verified", "code_expired", "code_incorrect", "not_found", "sign_up_closed", "sign_up_unknown",
            "too_many_tries", "username_taken",
        ]),
    operation("resend_code", "POST", "/sign-ups/{id}/resend", Who::Anybody).done(202).optional_body()
        .also(&[
            "already_verified", "not_found", "resend_too_soon", "sign_up_closed", "sign_up_unknown", "too_many_mails",
        ]),

    operation("sign_in", "POST", "/sessions", Who::Anybody).done(201).body()
        .also(&["invalid_credentials", "too_many_tries"]),
    operation("sign_out", "DELETE", "/sessions/current", Who::SignedIn).done(204),

    operation("ask_for_reset", "POST", "/password-resets", Who::Anybody).done(202).body(),
    operation("reset_password", "POST", "/password-resets/complete", Who::Anybody).done(204).body()
        .also(&[
            "reset_link_expired", "reset_link_superseded", "reset_link_unknown", "reset_link_used",
            "reset_link_void",
        ]),
    operation("change_password", "PUT", "/me/password", Who::SignedIn).body()
        .also(&["current_password_incorrect", "too_many_tries"]),
    operation("list_my_sessions", "GET", "/me/sessions", Who::SignedIn).query::<PartQuery>(),
    operation("end_session", "DELETE", "/me/sessions/{id}", Who::SignedIn).done(204).also(&["not_found"]),
    operation("end_other_sessions", "POST", "/me/sessions/end-others", Who::SignedIn).optional_body(),
    operation("list_my_sign_ins", "GET", "/me/sign-ins", Who::SignedIn).query::<SignInsQuery>(),
    operation("export_my_sign_ins", "GET", "/me/sign-ins.csv", Who::SignedIn).query::<SignInsFileQuery>(),

    operation("read_me", "GET", "/me", Who::SignedIn),
    operation("change_my_details", "PATCH", "/me", Who::SignedIn).body().also(&["stale"]),
    operation("list_my_memberships", "GET", "/me/memberships", Who::SignedIn).query::<PartQuery>(),
    operation("leave", "DELETE", "/me/memberships/{id}", Who::Oneself).done(204)
        .also(&["last_owner"]),
    operation("list_my_notifications", "GET", "/me/notifications", Who::SignedIn).query::<PartQuery>(),
    operation("count_my_unread_notifications", "GET", "/me/notifications/unread-count", Who::SignedIn),
    operation("change_my_address", "POST", "/me/email-changes", Who::SignedIn).done(201).body()
        .also(&["current_password_incorrect", "too_many_mails", "too_many_tries"]),
    operation("verify_my_address", "POST", "/me/email-changes/{id}/verify", Who::SignedIn).body()
        .also(&["already_verified", "code_expired", "code_incorrect", "email_change_unknown", "too_many_tries"]),
    operation("resend_my_address_code", "POST", "/me/email-changes/{id}/resend", Who::SignedIn).optional_body()
        .also(&["already_verified", "email_change_unknown", "resend_too_soon", "too_many_mails"]),
    operation("close_my_account", "POST", "/me/close", Who::SignedIn).done(204).body()
        .also(&["current_password_incorrect", "last_administrator", "last_owner", "too_many_tries"]),
    operation("export_my_data", "GET", "/me/export", Who::SignedIn),
    operation("read_my_notifications", "POST", "/me/notifications/read", Who::SignedIn).done(204).optional_body(),

    operation("read_my_email_domain", "GET", "/me/email-domain", Who::SignedIn),
    operation("join_by_email_domain", "POST", "/me/email-domain/join", Who::SignedIn).done(201).body()
        .also(&["already_member", "email_domain_invitation_only", "email_domain_reviewed", "not_found"]),
    operation("list_my_invitations", "GET", "/me/invitations", Who::SignedIn).query::<PartQuery>(),
    operation("accept_my_invitation", "POST", "/me/invitations/{id}/accept", Who::Addressee).done(201)
        .optional_body().also(&[
            "already_member", "invitation_already_accepted", "invitation_declined", "invitation_expired",
            "invitation_not_backed", "invitation_revoked", "invitation_superseded", "not_found",
        ]),
    operation("decline_my_invitation", "POST", "/me/invitations/{id}/decline", Who::Addressee).done(204)
        .optional_body().also(&OWN_LINK),

    operation("found_organization", "POST", "/organizations", Who::SignedIn).done(201).body()
        .also(&["founding_closed"]),
    operation("search_organizations", "GET", "/organizations", Who::SignedIn).query::<OrganizationsQuery>(),
    operation("read_organization", "GET", "/organizations/{org}", Who::Member),
    operation("count_people", "GET", "/organizations/{org}/people-counts", VIEW),
    operation("list_access_givers", "GET", "/organizations/{org}/access-givers", Who::Member),
    operation("change_organization", "PATCH", "/organizations/{org}", Who::Holder("organization.edit")).body(),

    operation("add_email_domain", "POST", "/organizations/{org}/email-domains", EDIT).done(201).body()
        .also(&["access_exceeds_own", "email_domain_exists", "too_many_email_domains"]),
    operation("list_email_domains", "GET", "/organizations/{org}/email-domains", EDIT).query::<PartQuery>(),
    operation("read_email_domain", "GET", "/organizations/{org}/email-domains/{id}", EDIT),
    operation("verify_email_domain", "POST", "/organizations/{org}/email-domains/{id}/verify", EDIT).optional_body()
        .also(&[
            "domain_no_answer", "domain_record_differs", "domain_record_not_found", "email_domain_taken",
            "too_many_checks",
        ]),
    operation("change_email_domain", "PATCH", "/organizations/{org}/email-domains/{id}", EDIT).body()
        .also(&["access_exceeds_own"]),
    operation("remove_email_domain", "DELETE", "/organizations/{org}/email-domains/{id}", EDIT).done(204),

    operation("invite", "POST", "/organizations/{org}/invitations", INVITE).done(201).body()
        .query::<InviteQuery>().also(&IN_THE_WAY),
    operation("list_invitations", "GET", "/organizations/{org}/invitations", INVITE).query::<InvitationsQuery>(),
    operation("read_invitation", "GET", "/organizations/{org}/invitations/{id}", INVITE),
    operation("correct_invitation", "PATCH", "/organizations/{org}/invitations/{id}", INVITE).body()
        .also(&[
            "access_exceeds_own", "already_invited", "already_member", "invitation_already_accepted",
            "invitation_blocked", "invitation_declined", "invitation_not_backed", "invitation_revoked",
            "owner_required", "too_many_mails",
        ]),
    operation("resend_invitation", "POST", "/organizations/{org}/invitations/{id}/resend", INVITE).optional_body()
        .also(&[
            "access_exceeds_own", "already_invited", "already_member", "invitation_already_accepted",
            "invitation_blocked", "invitation_declined", "invitation_not_backed", "invitation_revoked",
            "owner_required", "too_many_mails",
        ]),
    operation("revoke_invitation", "POST", "/organizations/{org}/invitations/{id}/revoke", INVITE).optional_body()
        .also(&SETTLED),
    operation("explain_invitation", "GET", "/organizations/{org}/invitations/{id}/explain", INVITE),
    operation("hand_over_link", "POST", "/organizations/{org}/invitations/{id}/link",
        Who::Nobody("members.invite", "handing_over_disabled")).optional_body(),

    operation("look_up_invitation", "POST", "/invitations/lookup", Who::Anybody).body().also(&NO_LINK),
    operation("accept_invitation", "POST", "/invitations/accept", Who::Invitee).done(201).body()
        .also(&[
            "already_member", "invitation_already_accepted", "invitation_declined", "invitation_expired",
            "invitation_for_someone_else", "invitation_not_backed", "invitation_revoked",
            "invitation_superseded", "invitation_unknown", "sign_in_to_accept",
        ]),
    operation("decline_invitation", "POST", "/invitations/decline", Who::Anybody).done(204).body().also(&NO_LINK),
    operation("request_new_invitation", "POST", "/invitations/request-new", Who::Anybody).done(202).body()
        .also(&[
            "asked_too_soon", "invitation_already_accepted", "invitation_declined", "invitation_not_backed",
            "invitation_revoked", "invitation_still_holds", "invitation_superseded", "invitation_unknown",
        ]),

    operation("ask_to_join", "POST", "/organizations/{org}/join-requests", Who::Outsider).done(201).body()
        .also(&[
            "already_invited", "already_pending", "asked_too_soon", "email_domain_invitation_only",
            "employee_code_refused", "too_many_tries",
        ]),
    operation("list_join_requests", "GET", "/organizations/{org}/join-requests", REVIEW).query::<RequestsQuery>(),
    operation("count_join_requests", "GET", "/organizations/{org}/join-requests/waiting-count", REVIEW),
    operation("decide_join_requests", "POST", "/organizations/{org}/join-requests/decide", REVIEW).body(),
    operation("read_join_request", "GET", "/organizations/{org}/join-requests/{id}", REVIEW),
    operation("approve_join_request", "POST", "/organizations/{org}/join-requests/{id}/approve", REVIEW).body()
        .also(&[
            "access_exceeds_own", "already_decided", "already_member", "own_access", "owner_required",
            "requester_gone",
        ]),
    operation("reject_join_request", "POST", "/organizations/{org}/join-requests/{id}/reject", REVIEW).optional_body()
        .also(&["already_decided", "own_access"]),
    operation("list_my_join_requests", "GET", "/me/join-requests", Who::SignedIn).query::<PartQuery>(),
    operation("read_my_join_request", "GET", "/me/join-requests/{id}", Who::Requester),
    operation("withdraw_my_join_request", "POST", "/me/join-requests/{id}/withdraw", Who::Requester).optional_body()
        .also(&["already_decided"]),
    operation("remind_of_my_join_request", "POST", "/me/join-requests/{id}/remind", Who::Requester).optional_body()
        .also(&["already_decided", "asked_too_soon"]),

    operation("make_employee_codes", "POST", "/organizations/{org}/employee-codes", CODES).done(201).body()
        .also(&["access_exceeds_own", "owner_required"]),
    operation("make_employee_codes_file", "POST", "/organizations/{org}/employee-codes.csv", CODES).body()
        .also(&["access_exceeds_own", "owner_required"]),
    operation("list_employee_codes", "GET", "/organizations/{org}/employee-codes", CODES).query::<CodesQuery>(),
    operation("count_wrong_employee_codes", "GET", "/organizations/{org}/employee-codes/wrong-count", CODES),
    operation("read_employee_code", "GET", "/organizations/{org}/employee-codes/{id}", CODES),
    operation("revoke_employee_code", "DELETE", "/organizations/{org}/employee-codes/{id}", CODES).done(204),

    operation("list_members", "GET", "/organizations/{org}/members", VIEW).query::<MembersQuery>(),
    operation("export_members", "GET", "/organizations/{org}/members.csv", VIEW).query::<MembersFileQuery>(),
    operation("read_member", "GET", "/organizations/{org}/members/{id}", VIEW),
    operation("remove_member", "DELETE", "/organizations/{org}/members/{id}", Who::Holder("members.remove"))
        .done(204).also(&["last_owner", "own_access", "owner_required"]),
    operation("read_access", "GET", "/organizations/{org}/members/{id}/access", VIEW),
    operation("change_access", "PUT", "/organizations/{org}/members/{id}/access",
        Who::Holder("members.manage_access")).body()
        .also(&["access_exceeds_own", "if_match_required", "last_owner", "own_access", "owner_required", "stale"]),
    operation("hand_over_ownership", "POST", "/organizations/{org}/ownership-transfers", Who::Owner).body()
        .also(&["own_access"]),

    operation("list_permissions", "GET", "/permissions", Who::SignedIn),
    operation("list_roles", "GET", "/roles", Who::SignedIn),
    operation("list_identity_providers", "GET", "/identity-providers", Who::SignedIn),

    operation("authorize", "POST", "/authorizations", Who::SignedIn).body().also(&["only_about_oneself"]),

    operation("list_audit_events", "GET", "/organizations/{org}/audit-events", Who::Holder("audit.view"))
        .query::<AuditQuery>(),
    operation("export_audit_events", "GET", "/organizations/{org}/audit-events.csv", Who::Holder("audit.view"))
        .query::<AuditFileQuery>(),
];
