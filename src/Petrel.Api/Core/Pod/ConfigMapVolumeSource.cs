using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ConfigMapVolumeSource")]
public sealed partial record ConfigMapVolumeSource
{
    /// <summary>Name of the config map.</summary>
    [Field(1, Inside = 1, Default = "\"\"")]
    public string Name { get; init; } = "";

    /// <summary>Keys to show and where; all of them, in files of their names, when left out.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<KeyToPath> Items { get; init; }

    /// <summary>Permission bits of files that have none of their own; 0644 when left out. YAML takes octal numbers, JSON decimal ones.</summary>
    [Field(3)]
    public int? DefaultMode { get; init; }

    /// <summary>It may be missing.</summary>
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
