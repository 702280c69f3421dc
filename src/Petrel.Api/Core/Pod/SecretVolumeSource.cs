using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretVolumeSource")]
public sealed partial record SecretVolumeSource
{
    /// <summary>Name of the secret, in the pod's namespace.</summary>
    [Field(1)]
    public string SecretName { get; init; } = "";

    /// <summary>Keys to show and where; all of them, in files of their names, when left out.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<KeyToPath> Items { get; init; }

    /// <summary>Permission bits of files that have none of their own; 0644 when left out. YAML takes octal numbers, JSON decimal ones.</summary>
    [Field(3)]
    public int? DefaultMode { get; init; }

    /// <summary>It may be missing.</summary>
    [Field(4)]
    public bool? Optional { get; init; }

    internal SecretVolumeSource WithDefaults() => DefaultMode is null ? this with { DefaultMode = Volume.DefaultMode } : this;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("secretName"), SecretName);
        errors.FileMode(path.Child("defaultMode"), DefaultMode);
        KeyToPath.ValidateAll(Items, path.Child("items"), errors);
    }
}
