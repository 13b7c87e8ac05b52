//! A URL at which there is no node of a cluster.

use {
    crate::scene::Fleet,
    demo::key::key,
    localnet::free_port,
    std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    },
    svm_harness::Signer,
    tempfile::TempDir,
};

struct Nowhere {
    fleet: Fleet,
    _folder: TempDir,
}

fn plan_at(url: &str) -> Nowhere {
    let folder = tempfile::tempdir().expect("a folder");
    let fleet = Fleet::new("plan", url)
        .with("--journal", folder.path().join("fleet.db"))
        .with("--authority", key("authority").pubkey().to_string());
    Nowhere {
        fleet,
        _folder: folder,
    }
}

#[test]
fn nobody_listens() {
    let port = free_port().expect("a port");
    let plan = plan_at(&format!("http://127.0.0.1:{port}"));
    let printed = plan.fleet.ends(2);
    let cause = "getGenesisHash: 127.0.0.1: cannot connect; check the node's URL and that the node runs \
                 (Connection refused (os error 111))";
    let lines: Vec<_> = printed.err.lines().collect();
    let (last, warnings) = lines.split_last().expect("an error");
    assert_eq!(
        *last,
        format!(
            "error: nothing was sent: the cluster does not answer as needed: {cause}: see whether --url \
             names the right node"
        )
    );
    assert_eq!(warnings.len(), 7);
    for warning in warnings {
        let (_, said) = warning.split_once("  WARN fleet::client: ").expect(warning);
        assert!(
            said.starts_with(&format!("{cause}; asking again in ")),
            "{said}"
        );
    }
}

#[test]
fn a_url_that_is_none() {
    for (url, reason) in [
        ("devnet", "relative URL without a base"),
        ("ftp://127.0.0.1", "neither http nor https"),
    ] {
        plan_at(url).fleet.fails(&format!(
            "the node's URL cannot be used ({reason}); write one such as https://api.devnet.solana.com"
        ));
    }
}

#[test]
fn a_web_page_is_no_node() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let gateway = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a call");
        let _ = stream.read(&mut [0; 4_096]).expect("a request");
        let page = "<html>Forbidden</html>";
        let answer = format!(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
            page.len()
        );
        stream.write_all(answer.as_bytes()).expect("an answer");
    });
    plan_at(&format!("http://{address}/?api-key=secret"))
        .fleet
        .fails(
            "nothing was sent: the cluster does not answer as needed: getGenesisHash: the node answers \
             HTTP 403 <html>Forbidden</html>; check the key in the node's URL: see whether --url names \
             the right node",
        );
    gateway.join().expect("the gateway answered");
}
