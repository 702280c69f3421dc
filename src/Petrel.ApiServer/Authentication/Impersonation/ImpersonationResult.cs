using Petrel.Api.Meta;

namespace Petrel.ApiServer.Authentication.Impersonation;

/// <summary>What became of a request to act as somebody else; exactly one of the properties is set.</summary>
internal readonly record struct ImpersonationResult
{
    /// <summary>As whom the request goes on; the requestor when it does not impersonate.</summary>
    public UserInfo? User { get; init; }

    /// <summary>403: the requestor may not be that.</summary>
    public Status? Refusal { get; init; }

    /// <summary>The headers contradict each other; answered as 500 in plain text with this message.</summary>
    public string? Fault { get; init; }
}
