using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial record EmptyDirVolumeSource
{
    [Field(1)]
    public string Medium { get; init; } = "";

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
