using Petrel.Dns.Wire;

namespace Petrel.Dns.Forwarding;

/// <summary>An upstream's answer, or why there is none.</summary>
internal readonly record struct UpstreamReply(DnsMessage? Message, string? Failure);
