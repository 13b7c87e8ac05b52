//! What one `migrate_account` does, to the byte and the lamport.

use {
    integration::proxy::{Source, adopted},
    svm_harness::{Backend, Signer, on_both_backends},
    testkit::client_migrator,
};

on_both_backends!(it_works);

async fn it_works(backend: Backend) {
    for source in Source::ALL {
        let mut scene = source.scene(backend).await;
        let authority = scene.authority.pubkey();
        let outcome = scene
            .svm
            .send(
                &[client_migrator::migrate_account(&authority, &authority)],
                &[&scene.authority],
            )
            .await
            .expect_ok();
        println!("{}\n{}", outcome.compute_units, outcome.logs.join("\n"));
        let config = adopted(&mut scene.svm, &scene.config).await;
        assert_eq!((config.authority, config.value), (authority, 7));
    }
}
