//! What the strategies make is what the domain's own parsers take, and a store keeps it as it is.
use std::sync::Arc;

use proptest::prelude::*;
use registration_domain::{
    change::{Change, ChangeSet},
    email::Email,
    notification::NotificationKind,
    password::PasswordPolicy,
    port::{Act, CommitError, Ledger, Reads},
    text::fold,
    username::Username,
};
use registration_testkit::{
    memory::MemoryStore,
    strategy,
    stub::{CountingIds, NOW},
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn an_address_is_what_it_parses_to(email in strategy::email()) {
        prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
        prop_assert!(email.is_same_mailbox(&Email::parse(email.canonical()).unwrap()));
    }

    #[test]
    fn a_username_is_what_it_parses_to(username in strategy::username()) {
        prop_assert_eq!(Username::parse(username.as_str()), Ok(username.clone()));
    }

    #[test]
    fn a_folded_name_folds_to_itself(name in strategy::person_name()) {
        let once = fold(&name.full());
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_password_is_within_the_policy(password in strategy::password()) {
        prop_assert!(PasswordPolicy::default().check(password.expose(), None, None).is_ok());
    }

    #[test]
    fn accounts_invitations_and_messages_are_kept_as_they_are(
        account in strategy::account(),
        organization in strategy::organization(),
        invitation in strategy::invitation(),
        receipt in strategy::receipt(),
    ) {
        let store = Arc::new(MemoryStore::default());
        let ids: &dyn registration_domain::port::Ids = &CountingIds::default();
        pollster::block_on(async {
            let changes = ChangeSet::new()
                .with(Change::Receipt(receipt.clone()))
                .with(Change::AddAccount(account.clone()))
                .with(Change::AddOrganization(organization.clone()))
                .with(Change::AddInvitation(invitation.clone()));
            store.commit(Act { id: ids.fresh(), at: NOW }, changes).await?;
            let moment = store.moment().await?;
            assert_eq!(moment.account(account.id()).await?, Some(account));
            assert_eq!(moment.organization(organization.id()).await?, Some(organization));
            assert_eq!(moment.invitation(invitation.id()).await?, Some(invitation));
            assert_eq!(moment.receipt(receipt.once.scope, &receipt.once.key).await?, Some(receipt));
            Ok::<(), CommitError>(())
        }).unwrap();
    }

    #[test]
    fn a_message_has_the_kind_of_its_letter(message in strategy::message(), event in strategy::audit_event()) {
        prop_assert!(!message.letter.kind().is_empty());
        prop_assert!(event.action.key().contains('.'));
    }

    #[test]
    fn a_notification_is_of_a_known_kind(notification in strategy::notification()) {
        prop_assert!(NotificationKind::KEYS.contains(&notification.kind.key()));
    }
}
