//! Contact data inside the program's binary, as <https://github.com/neodyme-labs/solana-security-txt>
//! describes it. A fork puts its own here.

#[cfg(not(feature = "no-entrypoint"))]
solana_security_txt::security_txt! {
    name: "successor",
    project_url: "https://example.com",
    contacts: "email:security@example.com",
    policy: "https://example.com/SECURITY.md"
}
