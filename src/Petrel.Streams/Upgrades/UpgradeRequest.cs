namespace Petrel.Streams.Upgrades;

/// <summary>The request that asks the next hop to switch protocols.</summary>
/// <param name="Method">HTTP method; Kubernetes' SPDY clients use POST, WebSocket clients GET.</param>
/// <param name="Target">Where to; its path and query are sent as they are.</param>
/// <param name="Protocol">The Upgrade header: <c>SPDY/3.1</c> or <c>websocket</c>.</param>
/// <param name="Headers">All other headers, without Connection and Upgrade.</param>
public sealed record UpgradeRequest(string Method, Uri Target, string Protocol, IReadOnlyList<KeyValuePair<string, string>> Headers);
