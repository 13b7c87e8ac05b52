//! Transcripts of the documentation hold what the story prints.

use {
    lifecycle::{
        step::summary,
        story::{SEQUELS, Sequel, Story},
    },
    std::fs,
    support::workspace::in_workspace,
    svm_harness::block_on,
};

/// What the story prints, with a sequel or without.
fn printed(sequel: Option<&Sequel>) -> Vec<String> {
    block_on(async {
        let mut story = Story::begin().await;
        story.in_place().await.unwrap();
        if let Some(sequel) = sequel {
            (sequel.play)(&mut story).await.unwrap();
        }
        let steps = story.into_steps();
        let lines = (1..).zip(&steps).map(|(number, step)| step.line(number));
        lines.chain([summary(&steps)]).collect()
    })
}

/// The text of README.md and of every page.
fn pages() -> Vec<(String, String)> {
    let docs = fs::read_dir(in_workspace("docs")).unwrap();
    let docs = docs.map(|entry| entry.unwrap().path());
    let mut pages = Vec::new();
    for path in docs.chain([in_workspace("README.md")]) {
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap();
            pages.push((path.display().to_string(), text));
        }
    }
    pages
}

/// The lines between the marks `<!-- NAME: … -->` and `<!-- /NAME -->`, without those of the code block.
fn sections<'a>(page: &'a str, name: &str) -> Vec<Vec<&'a str>> {
    let (begin, end) = (format!("<!-- {name}: "), format!("<!-- /{name} -->"));
    let parts = page.split(&begin).skip(1);
    parts
        .map(|part| {
            let (section, _) = part.split_once(&end).expect("a section ends");
            let lines = section.lines().skip(1);
            lines.filter(|line| !line.starts_with("```")).collect()
        })
        .collect()
}

/// Asserts that every line of the sections is printed, in this order; returns how many sections there
/// are.
fn check(name: &str, printed: &[String]) -> usize {
    let mut count = 0;
    for (path, text) in pages() {
        for section in sections(&text, name) {
            let mut rest = printed.iter();
            for line in section {
                assert!(
                    rest.any(|printed| printed == line),
                    "{path}, section {name}: the story does not print this, or not here:\n{line}"
                );
            }
            count += 1;
        }
    }
    count
}

#[test]
fn transcripts_hold_what_the_story_prints() {
    let sections = check("lifecycle", &printed(None));
    assert!(sections > 0, "no page has a transcript of the story");
}

#[test]
fn transcripts_hold_what_each_sequel_prints() {
    for sequel in SEQUELS {
        check(
            &format!("lifecycle-{}", sequel.name),
            &printed(Some(sequel)),
        );
    }
}
