using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial record EmptyDirVolumeSource
{
    /// <summary>Empty for the node's disk, Memory for RAM, HugePages or HugePages-SIZE.</summary>
    [Field(1)]
    public string Medium { get; init; } = "";

    /// <summary>Most that it may hold; the pod is evicted beyond that.</summary>
    [Field(2)]
    public Quantity? SizeLimit { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (SizeLimit?.Sign < 0)
        {
            errors.Forbidden(path.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }
}
