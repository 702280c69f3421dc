using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeSource")]
public sealed partial record DownwardAPIVolumeSource
{
    /// <summary>Files to write.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DownwardAPIVolumeFile> Items { get; init; }

    /// <summary>Permission bits of files that have none of their own; 0644 when left out. YAML takes octal numbers, JSON decimal ones.</summary>
    [Field(2)]
    public int? DefaultMode { get; init; }

    internal DownwardAPIVolumeSource WithDefaults() => this with
    {
        DefaultMode = DefaultMode ?? Volume.DefaultMode,
        Items = Items.ConvertAll(static item => item.WithDefaults()),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.FileMode(path.Child("defaultMode"), DefaultMode);
        foreach (var item in Items)
        {
            item.Validate(path, errors);
        }
    }
}
