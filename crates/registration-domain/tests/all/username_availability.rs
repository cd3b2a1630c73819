//! A username may be told to be taken, with one like it that is free; it is held for nobody.
use registration_domain::{use_case::username_availability::UsernameAvailability, username::Username};
use registration_testkit::scenario::TestPlatform;

async fn told(test: &TestPlatform, wanted: &str) -> UsernameAvailability {
    test.platform.username_availability(&Username::parse(wanted).unwrap()).await.unwrap()
}

async fn come(test: &TestPlatform, email: &str, username: &str) {
    let sign_up = test.sign_up(email, username).await.unwrap().what;
    test.verify(&sign_up, test.code(&sign_up)).await.unwrap();
}

fn taken(suggestion: Option<&str>) -> UsernameAvailability {
    UsernameAvailability::Taken { suggestion: suggestion.map(|it| Username::parse(it).unwrap()) }
}

#[tokio::test]
async fn one_like_a_taken_username_is_proposed_and_is_free() {
    let test = TestPlatform::in_memory();
    test.found().await;
    assert_eq!(told(&test, "ada.l").await, taken(Some("ada.l2")));
    assert_eq!(told(&test, "ADA.L").await, taken(Some("ada.l2")), "however it is written");
    come(&test, "nils@example.org", "ada.l2").await;
    assert_eq!(told(&test, "ada.l").await, taken(Some("ada.l3")));
    assert_eq!(told(&test, "ada.l3").await, UsernameAvailability::Free);
}

#[tokio::test]
async fn a_sign_up_that_is_not_verified_holds_no_username() {
    let test = TestPlatform::in_memory();
    test.sign_up("nils@example.org", "nils.h").await.unwrap();
    assert_eq!(told(&test, "nils.h").await, UsernameAvailability::Free);
}

#[tokio::test]
async fn where_nothing_like_it_fits_nothing_is_proposed() {
    let test = TestPlatform::in_memory();
    let longest = "n".repeat(64);
    come(&test, "nils@example.org", &longest).await;
    assert_eq!(told(&test, &longest).await, taken(None));
}
