using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Forwarding;

/// <summary>Where a proxied request goes, and through which clients.</summary>
/// <param name="Root">Scheme, host and port.</param>
internal sealed record ProxyTarget(Uri Root, HttpMessageInvoker Client, UpgradeOptions Upgrades);
