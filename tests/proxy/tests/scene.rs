use {integration::scene::Scene, proxy::releases::deploy, svm_harness::Backend};

/// The layout that the config has before the migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    V1,
    V2,
}

impl Source {
    pub const ALL: [Source; 2] = [Source::V1, Source::V2];

    /// A config of this layout that holds 7, with the programs of the proxy path deployed.
    pub async fn scene(self, backend: Backend) -> Scene {
        let mut scene = match self {
            Source::V1 => Scene::with_v1_account(backend, 7).await,
            Source::V2 => Scene::with_v2_account(backend, 7).await,
        };
        deploy(&mut scene.svm).await;
        scene
    }
}
