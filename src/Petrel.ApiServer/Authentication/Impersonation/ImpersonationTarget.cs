namespace Petrel.ApiServer.Authentication.Impersonation;

/// <summary>
/// One thing a request wants to be: a user, a service account, a group, a uid or an extra value. Each needs a permission
/// of its own, on a resource that exists only for this.
/// </summary>
internal sealed record ImpersonationTarget(string Kind, string Resource, string Name)
{
    private const string AuthenticationGroup = "authentication.k8s.io";

    public string Namespace { get; init; } = "";

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>The key of an extra value.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>In the order in which they are checked.</summary>
    public static List<ImpersonationTarget> Of(ImpersonationHeaders headers)
    {
        var targets = new List<ImpersonationTarget>();
        if (SystemIdentities.TryParseServiceAccount(headers.User, out var @namespace, out var name))
        {
            targets.Add(new ImpersonationTarget("ServiceAccount", "serviceaccounts", name) { Namespace = @namespace, Version = "v1" });
        }
        else if (headers.User.Length > 0)
        {
            targets.Add(new ImpersonationTarget("User", "users", headers.User) { Version = "v1" });
        }

        targets.AddRange(headers.Groups.Select(static group => new ImpersonationTarget("Group", "groups", group) { Version = "v1" }));
        targets.AddRange(headers.Extra.SelectMany(static entry => entry.Value.Select(value => OfExtra(entry.Key, value))));
        if (headers.Uid.Length > 0)
        {
            targets.Add(new ImpersonationTarget("UID", "uids", headers.Uid) { Group = AuthenticationGroup, Version = "v1" });
        }

        return targets;
    }

    /// <summary>As Go prints the object reference that upstream keeps this in, which shows in an error text.</summary>
    public override string ToString()
    {
        var apiVersion = Group.Length > 0 ? $"{Group}/{Version}" : "";
        return $"{{{Kind} {Namespace} {Name}  {apiVersion}  {Subresource}}}";
    }

    private static ImpersonationTarget OfExtra(string key, string value) =>
        new("UserExtra", "userextras", value) { Group = AuthenticationGroup, Version = "v1", Subresource = key };
}
