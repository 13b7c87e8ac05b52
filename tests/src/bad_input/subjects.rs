use {serde_json::Value, std::fs, svm_harness::Program};

/// Makes a test of each subject, of the same name, and `SUBJECTS`: their names.
#[macro_export]
macro_rules! subjects {
    ($($module:ident::$subject:ident),+ $(,)?) => {
        $(#[test]
        fn $subject() {
            $module::$subject().run();
        })+

        const SUBJECTS: &[&str] = &[$(stringify!($subject)),+];
    };
}

/// Asserts that every instruction of the program, as its IDL lists them, is one of these.
///
/// # Panics
/// When one is not.
pub fn expect_all_instructions(program: &Program, names: &[&str]) {
    let path = program.elf.with_extension("json");
    let idl = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let idl: Value = serde_json::from_slice(&idl).expect("an IDL is JSON");
    for instruction in idl["instructions"].as_array().expect("a list") {
        let name = instruction["name"].as_str().expect("a name");
        assert!(
            names.contains(&name),
            "{}: no cases of {name}",
            program.name
        );
    }
}
