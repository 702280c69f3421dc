using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

[ApiType("io.k8s.api.networking.v1.IngressRule")]
public sealed partial record IngressRule
{
    /// <summary>Host that the rule is for; *.DOMAIN for all one label below the domain; any host when empty.</summary>
    [Field(1)]
    public string Host { get; init; } = "";

    // Where HTTP requests go, by path. It has no description in OpenAPI, as upstream's embedded struct has none.
    [Field(1, Inside = 2)]
    public HTTPIngressRuleValue? Http { get; init; }

    internal bool IsWildcard => Host.Contains('*', StringComparison.Ordinal);

    internal bool IsHttpValid
    {
        get
        {
            var errors = new FieldErrors();
            Http?.Validate(FieldPath.Root, errors);
            return errors.Count == 0;
        }
    }

    internal static IEnumerable<string> HostProblems(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? NameFormats.WildcardDnsSubdomain(host) : NameFormats.DnsSubdomain(host);

    internal void Validate(bool allowsAnyPathOfWildcard, FieldPath path, FieldErrors errors)
    {
        if (Host.Length != 0)
        {
            if (AddressFormats.Parse(Host) is not null)
            {
                errors.Invalid(path.Child("host"), Host, "must be a DNS name, not an IP address");
            }

            errors.InvalidAll(path.Child("host"), Host, HostProblems(Host));
        }

        if (!IsWildcard || !allowsAnyPathOfWildcard)
        {
            Http?.Validate(path.Child("http"), errors);
        }
    }
}

[ApiType("io.k8s.api.networking.v1.HTTPIngressRuleValue")]
public sealed partial record HTTPIngressRuleValue
{
    /// <summary>Where requests go, by path.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<HTTPIngressPath> Paths { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Paths.IsEmpty)
        {
            errors.Required(path.Child("paths"));
        }

        for (var i = 0; i < Paths.Count; i++)
        {
            Paths[i].Validate(path.Child("paths").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.networking.v1.HTTPIngressPath")]
public sealed partial record HTTPIngressPath
{
    private static readonly string[] ForbiddenParts = ["//", "/./", "/../", "%2f", "%2F"];

    private static readonly string[] ForbiddenEnds = ["/..", "/."];

    /// <summary>Path of the request; starts with a slash.</summary>
    [Field(1)]
    public string Path { get; init; } = "";

    /// <summary>Exact: the path is that one. Prefix: its elements begin with those. ImplementationSpecific: what the controller makes of it.</summary>
    [Field(3, Required = true, Always = true, Enum = ["Exact", "ImplementationSpecific", "Prefix"])]
    public string? PathType { get; init; }

    /// <summary>Where such requests go.</summary>
    [Field(2, Required = true, Always = true)]
    public IngressBackend Backend { get; init; } = IngressBackend.Empty;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (PathType)
        {
            case null:
                errors.Required(path.Child("pathType"), "pathType must be specified");
                return;
            case "Exact" or "Prefix":
                ValidateComparedPath(path.Child("path"), errors);
                break;
            case "ImplementationSpecific":
                if (Path.Length != 0 && Path[0] != '/')
                {
                    errors.Invalid(path.Child("path"), Path, "must be an absolute path");
                }

                break;
            default:
                errors.NotSupported(path.Child("pathType"), PathType, ["Exact", "ImplementationSpecific", "Prefix"]);
                break;
        }

        Backend.Validate(path.Child("backend"), errors);
    }

    private void ValidateComparedPath(FieldPath path, FieldErrors errors)
    {
        if (!Path.StartsWith('/'))
        {
            errors.Invalid(path, Path, "must be an absolute path");
        }

        foreach (var part in ForbiddenParts.Where(part => Path.Contains(part, StringComparison.Ordinal)))
        {
            errors.Invalid(path, Path, $"must not contain '{part}'");
        }

        foreach (var end in ForbiddenEnds.Where(end => Path.EndsWith(end, StringComparison.Ordinal)))
        {
            errors.Invalid(path, Path, $"cannot end with '{end}'");
        }
    }
}
