//! A server that answers each request with the next reply of a script.

use {
    super::{RpcCluster, TIMEOUT},
    serde_json::{Value, json},
    tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        task::JoinHandle,
    },
};

pub struct Server {
    pub cluster: RpcCluster,
    requests: JoinHandle<Vec<Value>>,
}

impl Server {
    pub async fn start(replies: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}/path?api-key=secret");
        let requests = tokio::spawn(async move {
            let mut requests = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().await.unwrap();
                requests.push(request(&mut stream).await);
                // A client that has read enough hangs up.
                let _ = stream.write_all(&reply).await;
                let _ = stream.shutdown().await;
            }
            requests
        });
        Self {
            cluster: RpcCluster::new(&url, TIMEOUT).unwrap(),
            requests,
        }
    }

    /// The bodies of all requests.
    pub async fn requests(self) -> Vec<Value> {
        self.requests.await.unwrap()
    }
}

async fn request(stream: &mut TcpStream) -> Value {
    let mut bytes = Vec::new();
    loop {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8(bytes[..end].to_vec())
            .unwrap()
            .to_lowercase();
        assert!(
            head.starts_with("post /path?api-key=secret http/1.1\r\n"),
            "{head}"
        );
        assert!(head.contains("content-type: application/json"), "{head}");
        let len = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let len: usize = len.unwrap().parse().unwrap();
        if bytes.len() == end + 4 + len {
            return serde_json::from_slice(&bytes[end + 4..]).unwrap();
        }
    }
}

/// `status` such as `200 OK`, with more headers in `headers`, each with its line end.
pub fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let len = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

pub fn json(body: &Value) -> Vec<u8> {
    let headers = "Content-Type: application/json\r\n";
    http("200 OK", headers, body.to_string().as_bytes())
}

pub fn result(result: &Value) -> Vec<u8> {
    json(&json!({ "jsonrpc": "2.0", "id": 1, "result": result }))
}

pub fn error(error: &Value) -> Vec<u8> {
    json(&json!({ "jsonrpc": "2.0", "id": 1, "error": error }))
}
