using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.FlexVolumeSource")]
public sealed partial record FlexVolumeSource
{
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    [Field(2)]
    public string FsType { get; init; } = "";

    [Field(3)]
    public LocalObjectReference? SecretRef { get; init; }

    [Field(4)]
    public bool ReadOnly { get; init; }

    [Field(5)]
    public ApiMap<string> Options { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("driver"), Driver);
        foreach (var (key, _) in Options)
        {
            var domain = "." + key.Split('/')[0].ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
            {
                errors.Invalid(path.Child("options").Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }
}
