using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapVolumeSource")]
public sealed partial record ConfigMapVolumeSource
{
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    [Field(2, ListType = "atomic")]
    public ApiList<KeyToPath> Items { get; init; }

    [Field(3)]
    public int? DefaultMode { get; init; }

    [Field(4)]
    public bool? Optional { get; init; }

    internal ConfigMapVolumeSource WithDefaults() => DefaultMode is null ? this with { DefaultMode = Volume.DefaultMode } : this;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), Name);
        errors.FileMode(path.Child("defaultMode"), DefaultMode);
        KeyToPath.ValidateAll(Items, path.Child("items"), errors);
    }
}
