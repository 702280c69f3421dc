using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretReference", MapType = "atomic")]
public sealed partial record SecretReference
{
    /// <summary>Name of the secret.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Namespace of the secret.</summary>
    [Field(2)]
    public string Namespace { get; init; } = "";

    /// <summary>Both parts are there.</summary>
    internal void ValidatePresence(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), Name);
        errors.NotEmpty(path.Child("namespace"), Namespace);
    }

    /// <summary>Both parts are there and well formed.</summary>
    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.DnsSubdomain(path.Child("name"), Name);
        }

        if (errors.NotEmpty(path.Child("namespace"), Namespace))
        {
            errors.DnsLabel(path.Child("namespace"), Namespace);
        }
    }
}
