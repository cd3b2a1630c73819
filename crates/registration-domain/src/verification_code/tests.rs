//! People type, paste and fill in codes in many ways; one code is meant by each.
use super::*;

fn parsed(text: &str) -> Result<String, NotACode> {
    VerificationCode::parse(text).map(|it| it.expose().to_owned())
}

#[test]
fn six_digits_are_found_however_they_are_written() {
    for text in [
        "482913",
        " 482913\r\n",
        "482 913",
        "482-913",
        "48 29 13",
        "4 8 2 9 1 3",
        "482\u{a0}913",
        "482\u{2013}913",
        "482 - 913",
        "48.29.13",
        "(482913)",
        "#482913",
        "４８２９１３",
        "Your code is 482913",
        "Your code is 482-913.",
        "Your code is 482 913, ok?",
        "482913 is your Registration code",
        "482913 is your code. It works until 14:42.\n@join.example.org #482913",
        "It works until 14.42.10: 482913",
        "code=482913&x=12",
    ] {
        assert_eq!(parsed(text).as_deref(), Ok("482913"), "{text:?}");
    }
}

#[test]
fn a_code_may_begin_with_zeros() {
    assert_eq!(parsed("000001").as_deref(), Ok("000001"));
    assert_eq!(VerificationCode::of_number(1).unwrap().expose(), "000001");
    assert_eq!(VerificationCode::of_number(999_999).unwrap().expose(), "999999");
    assert_eq!(VerificationCode::of_number(1_000_000), None);
}

#[test]
fn each_way_to_fall_short_has_its_own_fault() {
    for (text, fault) in [
        ("", NotACode::Empty),
        (" \n", NotACode::Empty),
        ("---", NotACode::Empty),
        ("48291", NotACode::TooShort { digits: 5 }),
        ("482-91", NotACode::TooShort { digits: 5 }),
        ("1", NotACode::TooShort { digits: 1 }),
        ("4829133", NotACode::TooLong { digits: 7 }),
        ("482 913 3", NotACode::TooLong { digits: 7 }),
        ("482913482913", NotACode::TooLong { digits: 12 }),
        ("48291O", NotACode::Letters),
        ("48a29b13", NotACode::Letters),
        ("abcdef", NotACode::Letters),
        ("code 4829133", NotACode::Letters),
        ("482913 or 482914", NotACode::Several),
        ("482913 482914", NotACode::Several),
        ("٤٨٢٩١٣", NotACode::Empty),
    ] {
        assert_eq!(parsed(text), Err(fault), "{text:?}");
    }
}

#[test]
fn faults_have_codes_for_programs() {
    let code = |text| VerificationCode::parse(text).unwrap_err().code();
    assert_eq!((code(""), code("1"), code("1234567")), ("required", "malformed", "too_long"));
    assert_eq!((code("a"), code("111111 222222")), ("malformed", "malformed"));
}

#[test]
fn however_long_a_text_is_it_has_an_answer() {
    assert_eq!(parsed(&"9".repeat(1_000_000)), Err(NotACode::TooLong { digits: MAX_CHARACTERS }));
    assert_eq!(parsed(&"\u{fdfa}".repeat(100_000)), Err(NotACode::Letters));
}

#[test]
fn a_code_is_not_shown_by_debug() {
    assert_eq!(format!("{:?}", VerificationCode::parse("482913").unwrap()), "VerificationCode(…)");
}
