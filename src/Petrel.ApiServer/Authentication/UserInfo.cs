using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Who makes a request (kubernetes.io, "Authenticating: Users in Kubernetes").</summary>
/// <param name="Name">User name, unique among users; <c>system:serviceaccount:NAMESPACE:NAME</c> for service accounts.</param>
public sealed record UserInfo(string Name)
{
    /// <summary>Tells users of one name apart over time; empty when the authenticator knows none.</summary>
    public string Uid { get; init; } = "";

    public ApiList<string> Groups { get; init; } = [];

    /// <summary>What else the authenticator knows; keys are lower case.</summary>
    public ApiMap<ApiList<string>> Extra { get; init; }

    public bool IsIn(string group) => Groups.Span.Contains(group);

    /// <summary>The same identity with one more group, unless it is in it already.</summary>
    public UserInfo WithGroup(string group) => IsIn(group) ? this : this with { Groups = Groups.Add(group) };

    /// <summary>The identity as the review kinds carry it.</summary>
    public Api.Authentication.UserInfo ToApi() => new() { Username = Name, Uid = Uid, Groups = Groups, Extra = Extra };
}
