using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.FlockerVolumeSource")]
public sealed partial record FlockerVolumeSource
{
    /// <summary>Name of the dataset. Deprecated.</summary>
    [Field(1)]
    public string DatasetName { get; init; } = "";

    /// <summary>Identity of the dataset.</summary>
    [Field(2)]
    public string DatasetUUID { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (DatasetName.Length == 0 && DatasetUUID.Length == 0)
        {
            errors.Required(path, "one of datasetName and datasetUUID is required");
        }

        if (DatasetName.Length != 0 && DatasetUUID.Length != 0)
        {
            errors.Invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }

        if (DatasetName.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("datasetName"), DatasetName, "must not contain '/'");
        }
    }
}
