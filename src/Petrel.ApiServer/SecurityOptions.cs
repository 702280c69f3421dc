using System.Net;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Tokens;

namespace Petrel.ApiServer;

/// <summary>Settings of authentication; named after upstream's flags.</summary>
public sealed record SecurityOptions
{
    /// <summary>Flag <c>--anonymous-auth</c>: requests without credentials are made by system:anonymous, who may do little.</summary>
    public bool AllowAnonymous { get; init; } = true;

    /// <summary>Flag <c>--token-auth-file</c>: lines <c>token,user,uid[,"group1,group2"]</c>; empty for none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Flag <c>--external-hostname</c>, with the port: how the world reaches this server; empty for however a client did.</summary>
    public string ExternalHost { get; init; } = "";

    /// <summary>Whose word about who makes a request is taken.</summary>
    public RequestHeaderOptions RequestHeader { get; init; } = new();

    /// <summary>Through what webhooks and extension API servers are reached; by default what the environment says.</summary>
    public IWebProxy Proxy { get; init; } = EnvironmentProxy.Default;

    public TokenOptions Tokens { get; init; } = new();
}
