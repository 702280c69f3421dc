using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.FlexVolumeSource")]
public sealed partial record FlexVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>File system to mount, e.g. ext4; the driver's choice when left out.</summary>
    [Field(2)]
    public string FsType { get; init; } = "";

    /// <summary>Secret that the driver gets.</summary>
    [Field(3)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Mount it for reading only.</summary>
    [Field(4)]
    public bool ReadOnly { get; init; }

    /// <summary>What else the driver gets.</summary>
    [Field(5)]
    public ApiMap<string> Options { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("driver"), Driver);
        ValidateOptions(Options, path.Child("options"), errors);
    }

    /// <summary>Keys of Kubernetes' own domains are not for users.</summary>
    internal static void ValidateOptions(ApiMap<string> options, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, _) in options)
        {
            var domain = "." + key.Split('/')[0].ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
            {
                errors.Invalid(path.Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }
}
