//! One JSON-RPC request in one HTTP request. No message names the path or query of the node's URL: they
//! often hold a key.

use {
    super::{
        super::{Answer, ClusterError},
        errors,
    },
    reqwest::{
        Client, Response, StatusCode, Url,
        header::{CONTENT_TYPE, RETRY_AFTER},
        redirect::Policy,
    },
    serde::{
        Deserialize, Deserializer,
        de::{DeserializeOwned, IgnoredAny},
    },
    serde_json::{Value, json},
    std::{error::Error, time::Duration},
    thiserror::Error,
};

/// Bytes of the largest answer that is read: what a part of a listing costs in memory at most.
const MAX_ANSWER: usize = 64 << 20;
/// Characters that are shown of an answer which nobody expected.
const MAX_SHOWN: usize = 200;

#[derive(Debug, Error, PartialEq, Eq)]
#[error("the node's URL cannot be used ({0}); write one such as https://api.devnet.solana.com")]
pub struct NoUrl(String);

pub struct Http {
    client: Client,
    url: Url,
}

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>", expecting = "a JSON-RPC answer")]
struct Envelope<T> {
    #[serde(default = "absent", deserialize_with = "present")]
    result: Option<T>,
    error: Option<Value>,
}

fn absent<T>() -> Option<T> {
    None
}

/// A result that is `null` is one, unlike none at all.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    value: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

impl Http {
    pub fn new(url: &str, timeout: Duration) -> Result<Self, NoUrl> {
        let url = Url::parse(url).map_err(|error| NoUrl(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NoUrl("neither http nor https".to_owned()));
        }
        let client = Client::builder()
            .timeout(timeout)
            .redirect(Policy::none())
            .build()
            .map_err(|error| NoUrl(error.to_string()))?;
        Ok(Self { client, url })
    }

    pub async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Value,
    ) -> Answer<T> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let response = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(request.to_string())
            .send()
            .await
            .map_err(|error| self.unanswered(method, error))?;
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = self.body(method, response).await?;
        if status == StatusCode::OK {
            self.result(method, &body, retry_after)
        } else {
            Err(rejection(method, status, &body, retry_after))
        }
    }

    async fn body(&self, method: &'static str, mut response: Response) -> Answer<Vec<u8>> {
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.unanswered(method, error))?
        {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(errors::too_large(method, MAX_ANSWER));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn result<T: DeserializeOwned>(
        &self,
        method: &str,
        body: &[u8],
        retry_after: Option<Duration>,
    ) -> Answer<T> {
        let error = match serde_json::from_slice::<Envelope<T>>(body) {
            Ok(Envelope {
                error: None,
                result,
            }) => return result.ok_or_else(|| errors::lacks(method, "a result")),
            Ok(Envelope {
                error: Some(object),
                ..
            }) => return Err(errors::of_object(method, &object, retry_after)),
            Err(error) => error,
        };
        Err(match serde_json::from_slice::<Envelope<IgnoredAny>>(body) {
            // Some nodes write a `result` of null beside the error.
            Ok(Envelope {
                error: Some(object),
                ..
            }) => errors::of_object(method, &object, retry_after),
            Ok(_) => errors::unexpected(method, &error),
            Err(error) if error.is_data() => errors::unexpected(method, &error),
            Err(error) => {
                let host = self.host();
                let body = shown(body);
                let message = format!("{method}: {host} answers no JSON ({error}): {body}");
                errors::transient(message, None)
            }
        })
    }

    /// No answer, or one that broke off.
    fn unanswered(&self, method: &str, error: reqwest::Error) -> ClusterError {
        let error = error.without_url();
        let what = if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "cannot connect; check the node's URL and that the node runs"
        } else {
            "the connection broke"
        };
        let mut cause: &dyn Error = &error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        errors::transient(format!("{method}: {}: {what} ({cause})", self.host()), None)
    }

    fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

fn rejection(
    method: &str,
    status: StatusCode,
    body: &[u8],
    retry_after: Option<Duration>,
) -> ClusterError {
    let by_status = || errors::of_status(method, status.as_u16(), &shown(body), retry_after);
    if status == StatusCode::TOO_MANY_REQUESTS {
        return by_status();
    }
    match serde_json::from_slice::<Envelope<Value>>(body) {
        Ok(Envelope {
            error: Some(error), ..
        }) if error["code"].is_i64() => match errors::of_object(method, &error, retry_after) {
            ClusterError::Rejected(_) if status.is_server_error() => by_status(),
            known => known,
        },
        _ => by_status(),
    }
}

/// Seconds only: what the date form means depends on two clocks.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    seconds.trim().parse().ok().map(Duration::from_secs)
}

fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * MAX_SHOWN)]);
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.trim().chars().take(MAX_SHOWN).collect()
}
