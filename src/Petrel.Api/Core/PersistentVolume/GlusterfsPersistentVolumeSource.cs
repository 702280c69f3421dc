using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.GlusterfsPersistentVolumeSource")]
public sealed partial record GlusterfsPersistentVolumeSource
{
    /// <summary>Endpoints object with the servers.</summary>
    [Field(1, Required = true, Always = true)]
    public string Endpoints { get; init; } = "";

    /// <summary>Name of the volume.</summary>
    [Field(2, Required = true, Always = true)]
    public string Path { get; init; } = "";

    /// <summary>Mount it for reading only.</summary>
    [Field(3)]
    public bool ReadOnly { get; init; }

    /// <summary>Namespace of the Endpoints object; the claim's when left out.</summary>
    [Field(4)]
    public string? EndpointsNamespace { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("endpoints"), Endpoints);
        errors.NotEmpty(path.Child("path"), Path);
        if (EndpointsNamespace is { Length: 0 })
        {
            errors.Invalid(path.Child("endpointsNamespace"), EndpointsNamespace, "if the endpointnamespace is set, it must be a valid namespace name");
        }
        else if (EndpointsNamespace is not null)
        {
            errors.DnsLabel(path.Child("endpointsNamespace"), EndpointsNamespace);
        }
    }
}
