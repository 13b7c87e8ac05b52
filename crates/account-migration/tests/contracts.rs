//! What must not compile, and what must. One file per contract; the messages are in the `.stderr`
//! files beside them.

/// The passing case makes trybuild build its cases: contracts are evaluated when code is generated.
#[test]
fn contracts() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/contracts/pass/*.rs");
    cases.compile_fail("tests/contracts/*.rs");
}
