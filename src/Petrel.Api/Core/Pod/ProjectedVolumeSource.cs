using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ProjectedVolumeSource")]
public sealed partial record ProjectedVolumeSource
{
    /// <summary>What the volume is put together from.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<VolumeProjection> Sources { get; init; }

    /// <summary>Permission bits of files that have none of their own; 0644 when left out. YAML takes octal numbers, JSON decimal ones.</summary>
    [Field(2)]
    public int? DefaultMode { get; init; }

    internal ProjectedVolumeSource WithDefaults() => this with
    {
        DefaultMode = DefaultMode ?? Volume.DefaultMode,
        Sources = Sources.ConvertAll(static source => source.WithDefaults()),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.FileMode(path.Child("defaultMode"), DefaultMode);
        var files = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Sources.Count; i++)
        {
            Sources[i].Validate(files, path, path.Child("sources").Index(i), errors);
        }
    }
}
