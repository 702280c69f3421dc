using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.FlexPersistentVolumeSource")]
public sealed partial record FlexPersistentVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";

    /// <summary>Secret that the driver gets.</summary>
    [Field(3)]
    public SecretReference? SecretRef { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(4)]
    public bool ReadOnly { get; init; }

    /// <summary>What else the driver gets.</summary>
    [Field(5)]
    public ApiMap<string> Options { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("driver"), Driver);
        FlexVolumeSource.ValidateOptions(Options, path.Child("options"), errors);
    }
}
