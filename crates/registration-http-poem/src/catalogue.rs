//! What can be allowed on this platform, and how people prove to be themselves: the platform's choices.
use poem_openapi::OpenApi;
use registration_domain::{access::RoleKey, permission::Permission};

use crate::{caller::Signed, deployment::Deployment, listing::Part, reply::Outcome, shape::reply, tag::Tag};

reply! {
    /// One thing that a member may be allowed to do.
    pub(crate) struct CataloguedPermission {
        /// Its key.
        key: Permission,
        /// The heading that it stands under.
        group: String,
        /// Its name.
        label: String,
        /// What whoever holds it can do.
        description: String,
        /// Whether it is of use only to somebody with a validated personal record.
        needs_personal_record: bool,
    }
}

reply! {
    /// A named set of permissions.
    pub(crate) struct Role {
        /// Its key.
        key: RoleKey,
        /// Its name.
        label: String,
        /// What it is for.
        description: String,
        /// What its holders may do.
        permissions: Vec<Permission>,
    }
}

reply! {
    /// A way to prove to be oneself.
    pub(crate) struct IdentityProvider {
        /// Its id.
        id: String,
        /// Its name.
        label: String,
        /// Which kind it is.
        kind: String,
    }
}

pub(crate) struct Catalogue(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Catalogue")]
#[expect(clippy::unused_async, reason = "the framework takes asynchronous handlers only")]
impl Catalogue {
    /// List permissions
    #[oai(path = "/permissions", method = "get", operation_id = "list_permissions")]
    async fn permissions(&self, _signed: Signed) -> Outcome<Part<CataloguedPermission>> {
        let all = self.0.platform().settings().catalogue.permissions().iter();
        let show = |it: &registration_domain::catalogue::CataloguedPermission| CataloguedPermission {
            key: it.permission.clone(),
            group: it.group.clone(),
            label: it.label.clone(),
            description: it.description.clone(),
            needs_personal_record: it.needs_personal_record,
        };
        Ok(Part::whole(all.map(show).collect()))
    }

    /// List roles
    #[oai(path = "/roles", method = "get", operation_id = "list_roles")]
    async fn roles(&self, _signed: Signed) -> Outcome<Part<Role>> {
        let all = self.0.platform().settings().catalogue.roles();
        let show = |it: &registration_domain::catalogue::Role| Role {
            key: it.key.clone(),
            label: it.label.clone(),
            description: it.description.clone(),
            permissions: it.permissions.iter().cloned().collect(),
        };
        Ok(Part::whole(all.map(show).collect()))
    }

    /// List identity providers
    ///
    /// The built-in user database alone.
    #[oai(path = "/identity-providers", method = "get", operation_id = "list_identity_providers")]
    async fn identity_providers(&self, _signed: Signed) -> Outcome<Part<IdentityProvider>> {
        let (id, label, kind) = ("built_in".into(), "Custom User Database".into(), "password".into());
        Ok(Part::whole(vec![IdentityProvider { id, label, kind }]))
    }
}
