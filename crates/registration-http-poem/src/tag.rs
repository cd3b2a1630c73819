//! The headings under which the document lists the operations.
use poem_openapi::Tags;

#[derive(Debug, Clone, Copy, Tags)]
pub(crate) enum Tag {
    /// The platform's first account and organization.
    Setup,
    /// How a person comes by themselves.
    SignUps,
    /// Signing in and out.
    Sessions,
    /// What concerns the caller alone.
    Me,
    /// Tenants in which people work together.
    Organizations,
    /// Domains that an organization proves to be its own, and what is done with their people.
    EmailDomains,
    /// Offers to come into an organization, from both sides.
    Invitations,
    /// Who asks to join, who decides, and the codes that organizations hand out.
    Joining,
    /// Who belongs to an organization, and how much they may do there.
    Members,
    /// What can be allowed on this platform.
    Catalogue,
    /// What other services ask.
    Authorizations,
    /// What was decided, by whom, about whom, when.
    Audit,
}
