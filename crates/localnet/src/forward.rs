//! Ports that clients expect: Surfpool takes any two, and they look for subscriptions at the port behind
//! that of the RPC.

use {
    anyhow::{Context, Result},
    tokio::{
        io::copy_bidirectional,
        net::{TcpListener, TcpStream},
    },
};

/// Passes connections to `port` of this machine on to `target`, such as `127.0.0.1:40000`, until the
/// runtime ends.
///
/// # Errors
/// When the port is taken.
pub async fn forward(port: u16, target: String) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("port {port} is taken: pass another --port"))?;
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let target = target.clone();
            tokio::spawn(async move {
                // Whichever side fails has told the other by closing the connection.
                if let Ok(mut server) = TcpStream::connect(target).await {
                    let _ = copy_bidirectional(&mut client, &mut server).await;
                }
            });
        }
    });
    Ok(())
}
