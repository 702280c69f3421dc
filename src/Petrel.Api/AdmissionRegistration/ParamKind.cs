using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>The kind of the objects that parameterize a policy.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ParamKind", MapType = "atomic")]
public sealed partial record ParamKind
{
    /// <summary>Group and version, e.g. rules.example.com/v1.</summary>
    [Field(1)]
    public string ApiVersion { get; init; } = "";

    /// <summary>Name of the kind.</summary>
    [Field(2)]
    public string Kind { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (ApiVersion.Length == 0)
        {
            errors.Required(path.Child("apiVersion"));
        }
        else if (ApiVersion.AsSpan().Count('/') > 1)
        {
            errors.Invalid(path.Child("apiVersion"), ApiVersion, $"unexpected GroupVersion string: {ApiVersion}");
        }
        else
        {
            ValidateVersion(path.Child("apiVersion"), errors);
        }

        if (Kind.Length == 0)
        {
            errors.Required(path.Child("kind"));
        }
        else if (string.Join(",", NameFormats.Dns1035Label(Kind.ToLowerInvariant())) is { Length: > 0 } problems)
        {
            errors.Invalid(path.Child("kind"), Kind, "may have mixed case, but should otherwise match: " + problems);
        }
    }

    private void ValidateVersion(FieldPath path, FieldErrors errors)
    {
        var slash = ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", ApiVersion) : (ApiVersion[..slash], ApiVersion[(slash + 1)..]);
        if (group.Length > 0 && string.Join(",", NameFormats.DnsSubdomain(group)) is { Length: > 0 } problems)
        {
            errors.Invalid(path, group, problems);
        }

        if (version.Length == 0)
        {
            errors.Invalid(path, ApiVersion, "version must be specified");
        }
        else if (string.Join(",", NameFormats.Dns1035Label(version)) is { Length: > 0 } wrong)
        {
            errors.Invalid(path, version, wrong);
        }
    }
}
