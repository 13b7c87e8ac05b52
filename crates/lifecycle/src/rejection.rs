use std::fmt;

/// An error that a transaction must fail with.
pub struct Rejection {
    pub code: u32,
    pub name: String,
    /// What the program logs of it: another program may have another error with the same number.
    pub logged: String,
}

impl Rejection {
    /// The system program's, when an account is created where there is one; Anchor does not name it.
    pub fn account_already_in_use() -> Self {
        Self {
            code: 0,
            name: "AccountAlreadyInUse".to_owned(),
            logged: "already in use".to_owned(),
        }
    }
}

/// An error of an Anchor program, or of Anchor.
impl<E: Into<u32> + fmt::Debug> From<E> for Rejection {
    fn from(error: E) -> Self {
        let name = format!("{error:?}");
        let code = error.into();
        Self {
            logged: format!("Error Code: {name}. Error Number: {code}."),
            code,
            name,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}
